package dev.carillon.provider.africastalking;

import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.ProviderWords;
import dev.carillon.provider.access.Signatures;
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.provider.callback.CallbackRequest;
import dev.carillon.provider.format.FormBody;
import dev.carillon.provider.sms.CallbackLink;
import dev.carillon.provider.sms.SmsReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Delivery reports. Nothing signs them: they are believed when the URL that the account names has
 * the channel's token in its query, as {@code token}.
 *
 * <p>https://developers.africastalking.com/docs/sms/notifications
 */
final class AfricasTalkingCallbacks implements CallbackReader {

  @Override
  public Verdict verify(
      CallbackRequest request,
      ProviderSettings settings,
      Map<String, String> lookups,
      Instant now) {
    Optional<String> token = settings.text("callback_token");
    Optional<String> given = CallbackLink.query(request.url()).first("token");
    if (token.isEmpty() || given.isEmpty()) {
      return new Verdict.Forged("the token is missing");
    }
    return Signatures.equal(given.get(), token.get())
        ? new Verdict.Authentic()
        : new Verdict.Forged("the token is wrong");
  }

  @Override
  public boolean bringsOurId() {
    return false;
  }

  @Override
  public Report read(CallbackRequest request, ProviderSettings settings, Instant now) {
    FormBody form = FormBody.read(request.body());
    Optional<String> id = form.first("id");
    Optional<String> status = form.first("status");
    if (id.isEmpty() || status.isEmpty()) {
      return Report.of(List.of());
    }
    Optional<String> reason = form.first("failureReason").filter(word -> !word.isEmpty());
    var report =
        new SmsReport(
            Optional.empty(),
            id,
            status.get(),
            AfricasTalkingCodes.becomes(status.get(), reason),
            reason.map(word -> ProviderWords.of(settings, word)));
    return Report.of(List.of(report.event(now)));
  }
}
