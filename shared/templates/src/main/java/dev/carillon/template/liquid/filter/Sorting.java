package dev.carillon.template.liquid.filter;

import dev.carillon.template.liquid.value.Coerce;
import dev.carillon.template.liquid.value.Compare;
import dev.carillon.template.liquid.value.Compare.Order;
import dev.carillon.template.liquid.value.Datum;
import dev.carillon.template.liquid.value.Datum.Text;
import dev.carillon.template.liquid.value.Meter;
import dev.carillon.template.liquid.value.Property;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Sorts by merging. Items of mixed kinds have no consistent order, over which Java's own sorting
 * throws.
 */
final class Sorting {
  private record Keyed(Datum item, Datum key) {}

  private final Meter meter;

  private Sorting(Meter meter) {
    this.meter = meter;
  }

  /**
   * In ascending order, equal items as they stood, what is not there last.
   *
   * @param natural whether upper and lower case are the same
   */
  static Datum sort(
      List<Datum> list, FilterArguments arguments, FilterScope scope, boolean natural) {
    List<String> path =
        arguments.isSet(0) ? CollectionFilters.path(arguments.text(0, scope), scope) : List.of();
    var keyed = new Keyed[list.size()];
    for (int i = 0; i < keyed.length; i++) {
      Datum item = list.get(i);
      Datum key = Property.at(item, path, scope.meter());
      keyed[i] = new Keyed(item, natural ? lower(key, scope) : key);
    }
    new Sorting(scope.meter()).sort(keyed, new Keyed[keyed.length], 0, keyed.length);
    return CollectionFilters.items(Arrays.stream(keyed).map(Keyed::item).toList());
  }

  private static Datum lower(Datum key, FilterScope scope) {
    if (Coerce.isNothing(key)) {
      return key;
    }
    String word = scope.meter().paid(Coerce.word(key, scope.meter()));
    return new Text(word.toLowerCase(Locale.ROOT));
  }

  private void sort(Keyed[] items, Keyed[] spare, int from, int to) {
    if (to - from < 2) {
      return;
    }
    int middle = (from + to) >>> 1;
    sort(items, spare, from, middle);
    sort(items, spare, middle, to);
    System.arraycopy(items, from, spare, from, to - from);
    int left = from;
    int right = middle;
    for (int i = from; i < to; i++) {
      boolean takeRight =
          left >= middle || right < to && isBefore(spare[right].key(), spare[left].key());
      items[i] = takeRight ? spare[right++] : spare[left++];
    }
  }

  private boolean isBefore(Datum a, Datum b) {
    meter.charge(1);
    if (Coerce.isNothing(a) || Coerce.isNothing(b)) {
      return !Coerce.isNothing(a) && Coerce.isNothing(b);
    }
    return Compare.ordered(a, Order.LESS, b, meter);
  }
}
