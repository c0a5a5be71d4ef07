package dev.carillon.json;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The fields of a {@link Json.Obj}: an unmodifiable map in the order of writing, kept in two arrays
 * so that an object built field by field copies references only. Up to {@value #FEW} fields are
 * looked for one by one, more through an index that the first look-up makes.
 */
final class Fields extends AbstractMap<String, Json> {
  static final Fields NONE = new Fields(new String[0], new Json[0]);

  private static final int FEW = 12;

  private final String[] keys;
  private final Json[] values;

  /** Made when first needed and not changed after; two threads may each make it. */
  private volatile Map<String, Integer> index;

  private Fields(String[] keys, Json[] values) {
    this.keys = keys;
    this.values = values;
  }

  /**
   * The same fields; a copy unless they are of this kind already.
   *
   * @throws IllegalArgumentException when a key or a value is a null reference
   */
  static Fields of(Map<String, Json> map) {
    if (map instanceof Fields fields) {
      return fields;
    }
    var keys = new String[map.size()];
    var values = new Json[keys.length];
    int at = 0;
    for (var entry : map.entrySet()) {
      keys[at] = named(entry.getKey());
      values[at++] = valued(entry.getValue());
    }
    return new Fields(keys, values);
  }

  /** These and that one, in the place of the one of that name or at the end. */
  Fields with(String key, Json value) {
    int at = at(named(key));
    if (at >= 0) {
      var replaced = values.clone();
      replaced[at] = valued(value);
      return new Fields(keys, replaced);
    }
    var names = Arrays.copyOf(keys, keys.length + 1);
    var longer = Arrays.copyOf(values, keys.length + 1);
    names[keys.length] = key;
    longer[keys.length] = valued(value);
    return new Fields(names, longer);
  }

  private static String named(String key) {
    if (key == null) {
      throw new IllegalArgumentException("A field without a name");
    }
    return key;
  }

  private static Json valued(Json value) {
    if (value == null) {
      throw new IllegalArgumentException("A field without a value; null is Json.NULL");
    }
    return value;
  }

  private int at(Object key) {
    if (keys.length > FEW) {
      return indexed().getOrDefault(key, -1);
    }
    for (int i = 0; i < keys.length; i++) {
      if (keys[i].equals(key)) {
        return i;
      }
    }
    return -1;
  }

  private Map<String, Integer> indexed() {
    Map<String, Integer> known = index;
    if (known == null) {
      known = HashMap.newHashMap(keys.length);
      for (int i = 0; i < keys.length; i++) {
        known.put(keys[i], i);
      }
      index = known;
    }
    return known;
  }

  @Override
  public int size() {
    return keys.length;
  }

  @Override
  public boolean containsKey(Object key) {
    return at(key) >= 0;
  }

  @Override
  public Json get(Object key) {
    int at = at(key);
    return at < 0 ? null : values[at];
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super Json> action) {
    for (int i = 0; i < keys.length; i++) {
      action.accept(keys[i], values[i]);
    }
  }

  @Override
  public Set<Map.Entry<String, Json>> entrySet() {
    return new Entries();
  }

  private final class Entries extends AbstractSet<Map.Entry<String, Json>> {
    @Override
    public int size() {
      return keys.length;
    }

    @Override
    public Iterator<Map.Entry<String, Json>> iterator() {
      return new Iterator<>() {
        private int next;

        @Override
        public boolean hasNext() {
          return next < keys.length;
        }

        @Override
        public Map.Entry<String, Json> next() {
          if (!hasNext()) {
            throw new NoSuchElementException();
          }
          return Map.entry(keys[next], values[next++]);
        }
      };
    }
  }
}
