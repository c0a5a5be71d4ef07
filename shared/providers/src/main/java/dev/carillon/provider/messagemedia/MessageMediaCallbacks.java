package dev.carillon.provider.messagemedia;

import dev.carillon.json.Json;
import dev.carillon.message.MessageId;
import dev.carillon.provider.Correlation;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.access.Signatures;
import dev.carillon.provider.access.Signatures.Asymmetric;
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.provider.callback.CallbackRequest;
import dev.carillon.provider.callback.EventTimes;
import dev.carillon.provider.format.JsonBody;
import dev.carillon.provider.sms.CallbackLink;
import dev.carillon.provider.sms.ReportProof;
import dev.carillon.provider.sms.SmsReport;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Delivery reports, signed for accounts with a signature key of digest SHA224: over the line of the
 * request, its {@code Date} and its body.
 *
 * <p>https://messagemedia.com/developers/webhooks-management/
 */
final class MessageMediaCallbacks implements CallbackReader {
  private static final Duration TOLERANCE = Duration.ofHours(24);
  private static final Pattern ORIGIN = Pattern.compile("^https?://[^/?#]*");
  private static final Pattern ARMOUR = Pattern.compile("-----[A-Z ]+-----|\\\\n|\\s");

  @Override
  public Verdict verify(
      CallbackRequest request,
      ProviderSettings settings,
      Map<String, String> lookups,
      Instant now) {
    return ReportProof.verify(
        request,
        settings.required("api_secret"),
        settings.text("signature_key"),
        key -> signature(request, key, now));
  }

  private static Verdict signature(CallbackRequest request, String key, Instant now) {
    Optional<byte[]> given =
        request.header("x-messagemedia-signature").flatMap(Signatures::unbase64);
    Optional<String> date = request.header("date");
    Optional<byte[]> publicKey = Signatures.unbase64(ARMOUR.matcher(key).replaceAll(""));
    if (given.isEmpty() || date.isEmpty() || publicKey.isEmpty()) {
      return ReportProof.absent();
    }
    String path = ORIGIN.matcher(request.url()).replaceFirst("");
    String line = request.method() + " " + (path.startsWith("/") ? path : "/" + path) + " HTTP/1.1";
    boolean signed =
        Signatures.signed(
            Asymmetric.RSA_SHA224,
            publicKey.get(),
            given.get(),
            Signatures.utf8(line + date.get()),
            request.body());
    if (!signed) {
      return ReportProof.of(false);
    }
    return ReportProof.timely(instant(date.get()), now, TOLERANCE);
  }

  private static Optional<Instant> instant(String date) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.strip())));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  @Override
  public Report read(CallbackRequest request, ProviderSettings settings, Instant now) {
    Json.Obj body = JsonBody.object(request.body());
    Optional<String> id = body.text("message_id");
    Optional<String> status = body.text("status");
    if (id.isEmpty() || status.isEmpty()) {
      return Report.of(List.of());
    }
    Optional<MessageId> message =
        CallbackLink.message(request.url(), settings.required("api_secret"))
            .or(
                () ->
                    settings
                        .text("signature_key")
                        .flatMap(_ -> Correlation.message(body.object("metadata"))));
    var report =
        new SmsReport(
            message,
            id,
            status.get(),
            MessageMediaStatuses.becomes(body),
            MessageMediaStatuses.reason(body));
    Instant at = EventTimes.iso(body.text("date_received")).orElse(now);
    return Report.of(
        List.of(
            body.text("delivery_report_id")
                .map(event -> report.event(event, at))
                .orElse(report.event(at))));
  }
}
