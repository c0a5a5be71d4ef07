package dev.carillon.preference;

import java.util.Locale;

/** What a decision about a message rests on. The names in logs are these in lower case. */
public enum Layer {
  /** The environment's default set. */
  ENVIRONMENT,
  /** The tenant's default set. */
  TENANT,
  /** The recipient's set for the tenant. */
  RECIPIENT_TENANT,
  /** The recipient's default set. */
  RECIPIENT,
  /** The recipient's subscription to commercial messages. */
  COMMERCIAL,
  /** The workflow's setting to heed no preferences. */
  OVERRIDE,
  /** Nobody said anything: wanted. */
  DEFAULT;

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
