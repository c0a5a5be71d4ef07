package dev.carillon.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a public key may do by itself, without a user token: a setting of the environment, because a
 * public key is in every browser and so in everybody's hands.
 */
public enum PublicKeyUse {
  /** Nothing: there must be a token, and it says of whom. */
  TOKEN,

  /**
   * Read the feed, mark messages and change the preferences of the user it names. Addresses,
   * properties and channel data it neither reads nor writes: who could write the address of another
   * could have their password resets sent to it.
   */
  RESTRICTED,

  /** All that a token of the user it names could. For who comes from where that is so. */
  OPEN;

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<PublicKeyUse> named(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName().equals(wireName)).findFirst();
  }
}
