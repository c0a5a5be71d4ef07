package dev.carillon.tracking.link;

import dev.carillon.json.Json;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A fixed set of keys. As JSON, which is how a secret store keeps it: {@code {"current": 2, "keys":
 * {"1": "<base64>", "2": "<base64>"}}}.
 */
public final class KeyRing implements LinkKeys {
  private final Map<Integer, LinkKey> keys;
  private final LinkKey current;

  private KeyRing(Map<Integer, LinkKey> keys, LinkKey current) {
    this.keys = Collections.unmodifiableMap(keys);
    this.current = current;
  }

  /** With one key, the current one. */
  public static KeyRing of(LinkKey only) {
    return new KeyRing(Map.of(only.id(), only), only);
  }

  /**
   * @throws IllegalArgumentException when this is no key ring; the message quotes no secret
   */
  public static KeyRing read(Json.Obj json) {
    var keys = new TreeMap<Integer, LinkKey>();
    json.object("keys")
        .fields()
        .forEach(
            (id, secret) -> {
              if (!id.matches("[0-9]{1,3}") || !(secret instanceof Json.Str(var text))) {
                throw new IllegalArgumentException("Not a key ring: keys are base64 under numbers");
              }
              keys.put(Integer.valueOf(id), new LinkKey(Integer.parseInt(id), decoded(text)));
            });
    if (json.get("current").orElse(Json.NULL) instanceof Json.Num(var number)
        && keys.get(number.intValue()) instanceof LinkKey key) {
      return new KeyRing(keys, key);
    }
    throw new IllegalArgumentException("Not a key ring: current names none of its keys");
  }

  /** As a secret store keeps it; the secrets are in it. */
  public Json.Obj json() {
    Json.Obj secrets = Json.object();
    for (LinkKey key : keys.values()) {
      secrets = secrets.with(Integer.toString(key.id()), key.base64());
    }
    return Json.object().with("current", Json.of(current.id())).with("keys", secrets);
  }

  private static byte[] decoded(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException("Not a key ring: a key is not base64");
    }
  }

  /**
   * With a new current key; those there were stay, to check the links that they signed.
   *
   * @throws IllegalArgumentException when there is a key with its id
   */
  public KeyRing rotated(LinkKey next) {
    var more = new TreeMap<>(keys);
    if (more.putIfAbsent(next.id(), next) != null) {
      throw new IllegalArgumentException("There is a link key " + next.id());
    }
    return new KeyRing(more, next);
  }

  @Override
  public LinkKey current() {
    return current;
  }

  @Override
  public Optional<LinkKey> find(int id) {
    return Optional.ofNullable(keys.get(id));
  }
}
