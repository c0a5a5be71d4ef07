package dev.carillon.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a service token may be let do. None includes another. */
public enum ManagementScope {
  /** See what there is, secrets excepted. */
  READ,

  /** Save drafts, switch workflows on and off, run them for a test. */
  WRITE,

  /** Let drafts serve, promote and revert; archive. */
  COMMIT,

  /**
   * Change what holds beside content: channels and their credentials, groups of channels,
   * variables, branding, preferences, tags, schemas.
   */
  SETTINGS,

  /** Send broadcasts, and call them off. */
  SEND,

  /** Say who may do what: members, service tokens, API keys, keys that sign user tokens. */
  ACCESS;

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<ManagementScope> named(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName().equals(wireName)).findFirst();
  }
}
