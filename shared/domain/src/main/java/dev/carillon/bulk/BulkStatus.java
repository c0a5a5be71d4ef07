package dev.carillon.bulk;

import java.util.Locale;

/** How far a bulk operation is. It only goes down this list; the last two are final. */
public enum BulkStatus {
  QUEUED,
  PROCESSING,
  COMPLETED,
  FAILED;

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
