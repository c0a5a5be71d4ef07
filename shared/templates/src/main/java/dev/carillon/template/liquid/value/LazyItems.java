package dev.carillon.template.liquid.value;

import dev.carillon.json.Json;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/** Lists whose items are made when they are looked at. */
final class LazyItems {
  private LazyItems() {}

  static final class OfJson extends AbstractList<Datum> implements RandomAccess {
    private final List<Json> items;

    OfJson(List<Json> items) {
      this.items = items;
    }

    List<Json> items() {
      return items;
    }

    @Override
    public Datum get(int index) {
      return Datum.of(items.get(index));
    }

    @Override
    public int size() {
      return items.size();
    }
  }

  static final class OfRange extends AbstractList<Datum> implements RandomAccess {
    private final double from;
    private final int size;

    OfRange(double from, int size) {
      this.from = from;
      this.size = size;
    }

    @Override
    public Datum get(int index) {
      return new Datum.Num(from + Objects.checkIndex(index, size));
    }

    @Override
    public int size() {
      return size;
    }
  }
}
