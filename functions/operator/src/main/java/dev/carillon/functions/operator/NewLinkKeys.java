package dev.carillon.functions.operator;

import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.RequestFields;
import dev.carillon.json.Json;
import dev.carillon.tracking.link.KeepLinkKeys;
import dev.carillon.tracking.link.KeyRing;
import dev.carillon.tracking.link.LinkKey;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * Makes the keys that tracked links are signed with: one for the whole deployment, and another
 * beside it whenever it is rotated. None is ever removed, for links live as long as their mail.
 */
public final class NewLinkKeys {
  private static final int FIRST = 1;

  private final KeepLinkKeys keys;
  private final IntUnaryOperator chance;

  /**
   * @param chance a random number from 0 to below its argument; nobody may be able to guess it
   */
  NewLinkKeys(KeepLinkKeys keys, IntUnaryOperator chance) {
    this.keys = keys;
    this.chance = chance;
  }

  /** Makes the first key; nothing when there is one. Of two at once, one makes it. */
  public void ensure() {
    if (keys.ring().isEmpty()) {
      keys.put(KeyRing.of(key(FIRST)));
    }
  }

  /**
   * {@code {"action": "rotate_link_key"}}: from now on links are signed with a new key, within ten
   * minutes everywhere; those that there are keep working.
   */
  Json.Obj rotate(RequestFields request) {
    request.only(Set.of("action"));
    Optional<KeyRing> before = keys.ring();
    int id = before.map(ring -> ring.current().id() + 1).orElse(FIRST);
    if (id > LinkKey.GREATEST_ID) {
      throw ErrorCode.INVALID_PARAMS.at(
          "action", "has been done " + LinkKey.GREATEST_ID + " times, which is the most");
    }
    LinkKey next = key(id);
    if (!keys.put(before.map(ring -> ring.rotated(next)).orElseGet(() -> KeyRing.of(next)))) {
      throw ErrorCode.INVALID_PARAMS.at(
          "action", "was asked for by somebody else at this moment, and has been done");
    }
    return Json.object().with("link_key", Json.of(id));
  }

  private LinkKey key(int id) {
    var secret = new byte[LinkKey.LEAST_BYTES];
    for (int i = 0; i < secret.length; i++) {
      secret[i] = (byte) chance.applyAsInt(1 << Byte.SIZE);
    }
    return new LinkKey(id, secret);
  }
}
