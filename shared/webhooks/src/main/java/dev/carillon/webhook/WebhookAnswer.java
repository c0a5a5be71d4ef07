package dev.carillon.webhook;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What came of a call to an endpoint. */
public sealed interface WebhookAnswer {

  /**
   * It answered.
   *
   * @param body at most its first {@value #MAX_BODY} characters
   * @param retryAfter how long it asked to be left alone
   */
  record Status(int status, String body, Optional<Duration> retryAfter) implements WebhookAnswer {
    public static final int MAX_BODY = 512;

    public Status {
      body = body.length() <= MAX_BODY ? body : body.substring(0, cut(body));
    }

    /** Half of a surrogate pair at the end would not survive storage. */
    private static int cut(String body) {
      return Character.isHighSurrogate(body.charAt(MAX_BODY - 1)) ? MAX_BODY - 1 : MAX_BODY;
    }
  }

  /** It did not answer, or not whole. */
  record Silence(Why why) implements WebhookAnswer {}

  /** Why there is no answer, by the name that it bears in the log. */
  enum Why {
    /** Nobody could be reached. */
    NOT_REACHED,
    /** No answer within {@link WebhookRetry#TIMEOUT}. */
    TIMED_OUT,
    /** The connection broke. */
    BROKEN,
    /** Its address is one that is not called. */
    FORBIDDEN_ADDRESS;

    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException when there is none of that name
     */
    public static Why named(String wireName) {
      return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
  }

  int GONE = 410;

  /** 2xx and nothing else: redirects are not followed (Knock's rule). */
  default boolean succeeded() {
    return this instanceof Status(var status, var _, var _) && status >= 200 && status <= 299;
  }

  /** Whether it says that it will never be there again. */
  default boolean gone() {
    return this instanceof Status(var status, var _, var _) && status == GONE;
  }
}
