package dev.carillon.edge.link;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What a link lets its holder do: the preferences of one user, and nothing else.
 *
 * @param user by id
 * @param tenant whose set it changes; empty for the default set
 * @param lastDay the last day on which it works, in UTC
 */
public record PreferenceLink(
    EnvironmentId environment,
    String user,
    Optional<TenantId> tenant,
    Purpose purpose,
    LocalDate lastDay) {

  /**
   * Days for which a link in a message works. A sender must honour what a mail offers for 30 days
   * (CAN-SPAM), and people unsubscribe from mail that is much older.
   */
  public static final int DAYS_IN_MESSAGES = 400;

  /** Days for which a link works that the API was asked for. */
  public static final int DAYS_ON_REQUEST = 30;

  /** What is done by a link. */
  public enum Purpose {
    /** All that the page offers is seen and changed. */
    MANAGE("m"),

    /** Commercial messages are ended, or wanted again; nothing else is seen. */
    UNSUBSCRIBE("u");

    private final String code;

    Purpose(String code) {
      this.code = code;
    }

    String code() {
      return code;
    }
  }

  public RecipientId recipient() {
    return RecipientId.user(user);
  }
}
