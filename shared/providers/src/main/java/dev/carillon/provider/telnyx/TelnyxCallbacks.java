package dev.carillon.provider.telnyx;

import dev.carillon.json.Json;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.ProviderWords;
import dev.carillon.provider.access.Signatures;
import dev.carillon.provider.access.Signatures.Asymmetric;
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.provider.callback.CallbackRequest;
import dev.carillon.provider.callback.EventTimes;
import dev.carillon.provider.format.JsonBody;
import dev.carillon.provider.sms.CallbackLink;
import dev.carillon.provider.sms.ReportProof;
import dev.carillon.provider.sms.SmsReport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Webhooks, all of which are signed with the account's key.
 *
 * <p>https://developers.telnyx.com/docs/messaging/messages/receiving-webhooks
 */
final class TelnyxCallbacks implements CallbackReader {
  private static final Optional<String> INBOUND = Optional.of("inbound");
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  /** What makes the 32 bytes that Telnyx shows a key as X.509 has it. */
  private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final int KEY_LENGTH = 32;

  @Override
  public Verdict verify(
      CallbackRequest request,
      ProviderSettings settings,
      Map<String, String> lookups,
      Instant now) {
    return ReportProof.verify(
        request,
        settings.required("api_key"),
        settings.text("public_key"),
        key -> signature(request, key, now));
  }

  private static Verdict signature(CallbackRequest request, String key, Instant now) {
    Optional<byte[]> given =
        request.header("telnyx-signature-ed25519").flatMap(Signatures::unbase64);
    Optional<String> stated = request.header("telnyx-timestamp");
    Optional<byte[]> raw = Signatures.unbase64(key).filter(bytes -> bytes.length == KEY_LENGTH);
    if (given.isEmpty() || stated.isEmpty() || raw.isEmpty()) {
      return ReportProof.absent();
    }
    byte[] publicKey =
        ByteBuffer.allocate(ED25519.length + KEY_LENGTH).put(ED25519).put(raw.get()).array();
    boolean signed =
        Signatures.signed(
            Asymmetric.ED25519,
            publicKey,
            given.get(),
            Signatures.utf8(stated.get() + "|"),
            request.body());
    if (!signed) {
      return ReportProof.of(false);
    }
    return ReportProof.timely(stated.flatMap(EventTimes::seconds), now, TOLERANCE);
  }

  @Override
  public Report read(CallbackRequest request, ProviderSettings settings, Instant now) {
    Json.Obj data = JsonBody.object(request.body()).object("data");
    Json.Obj message = data.object("payload");
    Optional<String> type = data.text("event_type");
    Optional<String> id = message.text("id");
    if (type.isEmpty() || id.isEmpty() || message.text("direction").equals(INBOUND)) {
      return Report.of(List.of());
    }
    // Only the last of a message's events tells its status; the others come on the way.
    boolean last = type.get().equals("message.finalized");
    String status = last ? TelnyxCodes.status(message).orElse(type.get()) : type.get();
    var report =
        new SmsReport(
            CallbackLink.message(request.url(), settings.required("api_key")),
            id,
            status,
            last ? TelnyxCodes.becomes(message) : Optional.empty(),
            TelnyxCodes.reason(message).map(words -> ProviderWords.of(settings, words)));
    Instant at = EventTimes.iso(data.text("occurred_at")).orElse(now);
    return Report.of(
        List.of(data.text("id").map(event -> report.event(event, at)).orElse(report.event(at))));
  }
}
