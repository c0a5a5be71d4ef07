package dev.carillon.provider.callback;

import dev.carillon.provider.Lookup;
import dev.carillon.provider.Provider;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderSetting;
import dev.carillon.provider.ProviderSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Reads what a provider reports of messages it took. Pure, as {@link Provider} is. */
public interface CallbackReader {

  /**
   * Whether the provider sent it. Compares secrets in constant time and sees the body's own bytes.
   *
   * @param lookups what questions that an earlier call asked came to
   */
  Verdict verify(
      CallbackRequest request, ProviderSettings settings, Map<String, String> lookups, Instant now);

  /**
   * Whether reports bring {@linkplain CallbackEvent#message our id} back. Where none does, what the
   * provider calls each message is kept, so that its reports find it.
   */
  default boolean bringsOurId() {
    return true;
  }

  sealed interface Verdict {
    record Authentic() implements Verdict {}

    /** Not from the provider, or altered. The reason holds nothing of the request. */
    record Forged(String reason) implements Verdict {}

    /** Signed by the provider, too long ago to be taken again. */
    record Stale() implements Verdict {}

    /** Something must be known first, such as the certificate it is signed with. */
    record Ask(Lookup lookup) implements Verdict {}

    /** Authentic, or forged for that reason. */
    static Verdict of(boolean authentic, String otherwise) {
      return authentic ? new Authentic() : new Forged(otherwise);
    }

    /**
     * Nothing is believed while this setting, which it would have to be checked with, is absent.
     */
    static Verdict unchecked(ProviderSetting setting) {
      return new Forged("there is no " + setting.name() + " to check it with");
    }
  }

  /**
   * What an authentic request says; no events when it is about something else. A request of which
   * nothing can be read gives none either: a provider that is refused stops reporting.
   *
   * @param now when the request came: the time of events for which the provider gives none
   */
  Report read(CallbackRequest request, ProviderSettings settings, Instant now);

  /**
   * @param answer what the provider is to be answered once the events are stored
   */
  record Report(List<CallbackEvent> events, Answer answer) {
    public Report {
      events = List.copyOf(events);
    }

    public static Report of(List<CallbackEvent> events) {
      return new Report(events, Answer.DONE);
    }
  }

  /**
   * @param follow a request that the provider expects us to make, such as the confirmation of a
   *     subscription; none for most
   */
  record Answer(int status, String contentType, String body, List<ProviderCall.Http> follow) {
    public static final Answer DONE = new Answer(200, "application/json", "{}", List.of());

    public Answer {
      follow = List.copyOf(follow);
    }
  }
}
