package dev.carillon.provider.mailersendsms;

import dev.carillon.json.Json;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.ProviderWords;
import dev.carillon.provider.access.Signatures;
import dev.carillon.provider.access.Signatures.Keyed;
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.provider.callback.CallbackRequest;
import dev.carillon.provider.callback.EventTimes;
import dev.carillon.provider.format.JsonBody;
import dev.carillon.provider.sms.ReportProof;
import dev.carillon.provider.sms.SmsReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Webhooks of a number, signed over their body. There is no time in the signature; a repeated one
 * is the same event.
 *
 * <p>https://developers.mailersend.com/api/v1/sms-webhooks
 */
final class MailerSendSmsCallbacks implements CallbackReader {
  private static final String PREFIX = "sms.";

  @Override
  public Verdict verify(
      CallbackRequest request,
      ProviderSettings settings,
      Map<String, String> lookups,
      Instant now) {
    Optional<String> secret = settings.text("signing_secret");
    Optional<byte[]> given = request.header("signature").flatMap(Signatures::unhex);
    if (secret.isEmpty() || given.isEmpty()) {
      return ReportProof.absent();
    }
    return ReportProof.of(
        Signatures.equal(
            given.get(),
            Signatures.hmac(Keyed.HMAC_SHA256, Signatures.utf8(secret.get()), request.body())));
  }

  @Override
  public boolean bringsOurId() {
    return false;
  }

  @Override
  public Report read(CallbackRequest request, ProviderSettings settings, Instant now) {
    Json.Obj body = JsonBody.object(request.body());
    Json.Obj data = body.object("data");
    Optional<String> type = body.text("type").filter(word -> word.startsWith(PREFIX));
    Optional<String> id =
        data.text("sms_message_id").or(() -> data.object("sms").text("sms_message_id"));
    if (type.isEmpty() || id.isEmpty()) {
      return Report.of(List.of());
    }
    // The type says what became of it, whatever the status of the text beside it is by now.
    Json.Obj text = data.with("status", type.get().substring(PREFIX.length()));
    var report =
        new SmsReport(
            Optional.empty(),
            id,
            type.get(),
            MailerSendSmsStatuses.becomes(text),
            MailerSendSmsStatuses.reason(text).map(words -> ProviderWords.of(settings, words)));
    Instant at =
        EventTimes.iso(body.text("created_at").or(() -> data.text("created_at"))).orElse(now);
    return Report.of(List.of(report.event(at)));
  }
}
