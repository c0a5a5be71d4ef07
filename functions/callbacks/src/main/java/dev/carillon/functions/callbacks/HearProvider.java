package dev.carillon.functions.callbacks;

import dev.carillon.channel.ChannelCredentials;
import dev.carillon.edge.HttpRequest;
import dev.carillon.provider.LookupResult;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.callback.CallbackEvent;
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.provider.callback.CallbackReader.Verdict;
import dev.carillon.provider.callback.CallbackRequest;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Takes what a provider posts about messages of one channel: finds the channel by the path, has the
 * provider's own reader judge the request's bytes, records each event. The provider is told that
 * all went well only once everything is recorded, so that what is lost on the way comes again;
 * recording again changes nothing.
 *
 * <p>A message that is not known is no failure: a provider that is refused stops reporting. What is
 * forged or too old is answered 401 and changes nothing. What only the credentials prove that were
 * {@linkplain ChannelCredentials#replaced replaced} counts for as long as those do.
 */
final class HearProvider {
  /** A reader asks once, for the certificate or key that signed. */
  private static final int MOST_QUESTIONS = 2;

  private static final int NOT_VERIFIED = 401;
  private static final int UNAVAILABLE = 503;

  private final FindReportingChannel channels;
  private final AskProvider asker;
  private final FindReported find;
  private final RecordStatus record;
  private final String publicUrl;
  private final InstantSource clock;

  /**
   * @param publicUrl what providers were given, up to the path: some sign it
   */
  HearProvider(
      FindReportingChannel channels,
      AskProvider asker,
      FindReported find,
      RecordStatus record,
      String publicUrl,
      InstantSource clock) {
    this.channels = channels;
    this.asker = asker;
    this.find = find;
    this.record = record;
    this.publicUrl = publicUrl;
    this.clock = clock;
  }

  /** What came of a request. */
  sealed interface Heard {
    /** There is no such path. */
    record Nobody() implements Heard {}

    /** Nothing of it is believed. */
    record Refused(ReportingChannel from, int status, String reason) implements Heard {}

    /**
     * It is the provider's.
     *
     * @param results how many events came to what
     */
    record Recorded(
        ReportingChannel from, CallbackReader.Answer answer, Map<RecordStatus.Result, Long> results)
        implements Heard {}
  }

  /**
   * @throws RuntimeException when something could not be recorded; the provider is to send it again
   */
  Heard hear(HttpRequest request) {
    Optional<ReportingChannel> found = channels.at(request.path());
    if (found.isEmpty()) {
      return new Heard.Nobody();
    }
    ReportingChannel from = found.get();
    CallbackRequest report = report(request);
    Judged judged = judge(from, report);
    if (!(judged instanceof Judged.Believed(var read)) || !namesMessages(from, read)) {
      // Messages that are under way were sent with the credentials of then.
      Optional<ReportingChannel> before = channels.before(from, clock.instant());
      if (before.isPresent()
          && judge(before.get(), report) instanceof Judged.Believed(var earlier)
          && (judged instanceof Judged.Refused || namesMessages(from, earlier))) {
        return recorded(from, earlier);
      }
    }
    return switch (judged) {
      case Judged.Believed(var read) -> recorded(from, read);
      case Judged.Refused(var status, var reason) -> new Heard.Refused(from, status, reason);
    };
  }

  private sealed interface Judged {
    record Believed(CallbackReader.Report read) implements Judged {}

    record Refused(int status, String reason) implements Judged {}
  }

  private Judged judge(ReportingChannel from, CallbackRequest report) {
    Map<String, String> lookups = new LinkedHashMap<>();
    for (int questions = 0; questions <= MOST_QUESTIONS; questions++) {
      switch (from.reader().verify(report, from.settings(), lookups, clock.instant())) {
        case Verdict.Authentic() -> {
          return new Judged.Believed(from.reader().read(report, from.settings(), clock.instant()));
        }
        case Verdict.Forged(var reason) -> {
          return new Judged.Refused(NOT_VERIFIED, reason);
        }
        case Verdict.Stale() -> {
          return new Judged.Refused(NOT_VERIFIED, "it is too old");
        }
        case Verdict.Ask(var lookup) -> {
          Optional<ProviderResponse> answer = asker.ask(lookup.call());
          if (answer.isEmpty()
              || !(from.provider().read(lookup, answer.get())
                  instanceof LookupResult.Found(var value, _))) {
            return new Judged.Refused(UNAVAILABLE, "what it is checked by is not to be had");
          }
          lookups.put(lookup.key(), value);
        }
      }
    }
    return new Judged.Refused(UNAVAILABLE, "it asks too much");
  }

  /** Whether its credentials were enough to say of which messages it is, where it is of any. */
  private static boolean namesMessages(ReportingChannel from, CallbackReader.Report read) {
    return read.events().isEmpty()
        || !from.reader().bringsOurId()
        || read.events().stream().anyMatch(event -> event.message().isPresent());
  }

  private Heard recorded(ReportingChannel from, CallbackReader.Report read) {
    List<RecordStatus.Result> results =
        read.events().stream().map(event -> recorded(from, event)).toList();
    for (ProviderCall.Http call : read.answer().follow()) {
      asker.ask(call);
    }
    return new Heard.Recorded(
        from,
        read.answer(),
        results.stream().collect(Collectors.groupingBy(it -> it, Collectors.counting())));
  }

  private RecordStatus.Result recorded(ReportingChannel from, CallbackEvent event) {
    return find.of(from, event)
        .map(id -> record.handle(from.environment(), from.channel().id(), id, event))
        .orElse(RecordStatus.Result.UNKNOWN_MESSAGE);
  }

  private CallbackRequest report(HttpRequest request) {
    String query = request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery();
    return new CallbackRequest(
        request.method(),
        publicUrl + request.path() + query,
        request.headers().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, it -> List.of(it.getValue()))),
        request.body());
  }
}
