package dev.carillon.provider.plivo;

import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.provider.callback.CallbackRequest;
import dev.carillon.provider.callback.EventTimes;
import dev.carillon.provider.format.FormBody;
import dev.carillon.provider.sms.CallbackLink;
import dev.carillon.provider.sms.ReportProof;
import dev.carillon.provider.sms.SmsReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Delivery reports, one for each part of a long text. Where the third version of the signature is
 * there it must be right; the second covers neither query nor body, so that it is believed only at
 * a link that we gave out.
 *
 * <p>https://www.plivo.com/docs/messaging/concepts/message-status-callbacks
 */
final class PlivoCallbacks implements CallbackReader {
  private static final String TOKEN = "authentication_token";

  /** Each with the header of its nonce; a subaccount's requests also come with the main one's. */
  private static final Map<String, String> THIRD =
      Map.of(
          "x-plivo-signature-v3", "x-plivo-signature-v3-nonce",
          "x-plivo-signature-ma-v3", "x-plivo-signature-v3-nonce");

  private static final Map<String, String> SECOND =
      Map.of(
          "x-plivo-signature-v2", "x-plivo-signature-v2-nonce",
          "x-plivo-signature-ma-v2", "x-plivo-signature-v2-nonce");

  @Override
  public Verdict verify(
      CallbackRequest request,
      ProviderSettings settings,
      Map<String, String> lookups,
      Instant now) {
    Optional<String> token = settings.text(TOKEN);
    if (token.isEmpty()) {
      return ReportProof.absent();
    }
    if (THIRD.keySet().stream().anyMatch(request.headers()::containsKey)) {
      FormBody body = FormBody.read(request.body());
      return ReportProof.of(
          signed(
              request,
              THIRD,
              nonce ->
                  PlivoSignature.third(request.method(), request.url(), body, nonce, token.get())));
    }
    if (SECOND.keySet().stream().noneMatch(request.headers()::containsKey)) {
      return ReportProof.absent();
    }
    return ReportProof.of(
        CallbackLink.message(request.url(), token.get()).isPresent()
            && signed(
                request,
                SECOND,
                nonce -> PlivoSignature.second(request.url(), nonce, token.get())));
  }

  private static boolean signed(
      CallbackRequest request, Map<String, String> headers, UnaryOperator<String> right) {
    boolean signed = false;
    for (Map.Entry<String, String> header : headers.entrySet()) {
      Optional<String> given = request.header(header.getKey());
      Optional<String> nonce = request.header(header.getValue());
      if (given.isPresent() && nonce.isPresent()) {
        signed |= PlivoSignature.among(given.get(), right.apply(nonce.get()));
      }
    }
    return signed;
  }

  @Override
  public Report read(CallbackRequest request, ProviderSettings settings, Instant now) {
    FormBody form = FormBody.read(request.body());
    // The parts of a long text have ids of their own, and the message's as their parent's.
    Optional<String> id =
        form.first("ParentMessageUUID")
            .filter(parent -> !parent.isEmpty())
            .or(() -> form.first("MessageUUID"));
    Optional<String> status = form.first("Status");
    if (id.isEmpty() || status.isEmpty()) {
      return Report.of(List.of());
    }
    Optional<String> code = form.first("ErrorCode");
    var report =
        new SmsReport(
            CallbackLink.message(request.url(), settings.required(TOKEN)),
            id,
            status.get(),
            PlivoCodes.becomes(status.get(), code),
            code.flatMap(PlivoCodes::reason));
    return Report.of(List.of(report.event(EventTimes.iso(form.first("MessageTime")).orElse(now))));
  }
}
