package dev.carillon.local.iam;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Somebody wants to do something.
 *
 * @param action as IAM names it: {@code dynamodb:PutItem}
 * @param resource its ARN
 * @param context what conditions may ask for, by the key's name in lower case
 */
public record AccessRequest(
    Principal caller, String action, String resource, Map<String, List<String>> context) {

  /**
   * What a call needs of its caller's policies.
   *
   * @param context the keys' names in any case of letters
   */
  public record Need(String action, String resource, Map<String, List<String>> context) {
    public static Need of(String action, String resource) {
      return new Need(action, resource, Map.of());
    }

    /** The same with one value of a key. */
    public Need with(String key, String value) {
      return with(key, List.of(value));
    }

    public Need with(String key, List<String> values) {
      var more = new TreeMap<>(context);
      more.put(key, List.copyOf(values));
      return new Need(action, resource, more);
    }
  }

  /** Everything goes to AWS by TLS; that it does not on a laptop is no business of policies. */
  public static AccessRequest of(Principal caller, Need need) {
    var context = new TreeMap<String, List<String>>();
    context.put("aws:securetransport", List.of("true"));
    need.context().forEach((key, values) -> context.put(key(key), values));
    return new AccessRequest(caller, need.action(), need.resource(), context);
  }

  static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
