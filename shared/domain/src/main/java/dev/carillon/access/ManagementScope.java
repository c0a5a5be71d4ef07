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

  /** Let drafts serve, promote and revert. */
  COMMIT;

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<ManagementScope> named(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName().equals(wireName)).findFirst();
  }
}
