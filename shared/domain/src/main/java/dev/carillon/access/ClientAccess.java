package dev.carillon.access;

import java.util.List;

/**
 * What clients in the hands of users may do in an environment.
 *
 * @param publicKeys what a public key may do by itself
 * @param signingKeys whose user tokens are believed, at most {@value #MOST_SIGNING_KEYS}; none are
 *     when there are none
 */
public record ClientAccess(PublicKeyUse publicKeys, List<SigningKey> signingKeys) {
  /** One in use, one to come, and room; each is tried on a token that is not of the first. */
  public static final int MOST_SIGNING_KEYS = 5;

  /** What holds where nothing was set. */
  public static final ClientAccess STANDARD = new ClientAccess(PublicKeyUse.RESTRICTED, List.of());

  public ClientAccess {
    signingKeys = List.copyOf(signingKeys);
    if (signingKeys.size() > MOST_SIGNING_KEYS) {
      throw new IllegalArgumentException("Too many signing keys: " + signingKeys.size());
    }
  }
}
