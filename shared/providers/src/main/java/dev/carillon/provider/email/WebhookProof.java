package dev.carillon.provider.email;

import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.access.BasicAuth;
import dev.carillon.provider.access.Signatures;
import dev.carillon.provider.callback.CallbackReader.Verdict;
import dev.carillon.provider.callback.CallbackRequest;

/**
 * The two ways in which several providers of email prove that a report is theirs, both by {@link
 * EmailSettings#WEBHOOK_SECRET}. Without that secret a report is {@code unchecked}.
 */
public final class WebhookProof {
  private WebhookProof() {}

  /** The body is signed: HMAC-SHA-256 in hexadecimal, in this header; nothing dates it. */
  public static Verdict signedBody(
      CallbackRequest request, ProviderSettings settings, String header) {
    return settings
        .text(EmailSettings.WEBHOOK_SECRET.name())
        .map(
            secret ->
                Verdict.of(
                    signed(request, Signatures.utf8(secret), header), "the signature does not fit"))
        .orElseGet(() -> Verdict.unchecked(EmailSettings.WEBHOOK_SECRET));
  }

  /** The URL that is called holds the secret as its password. */
  public static Verdict password(CallbackRequest request, ProviderSettings settings) {
    return settings
        .text(EmailSettings.WEBHOOK_SECRET.name())
        .map(it -> Verdict.of(BasicAuth.proves(request, it), "the password does not fit"))
        .orElseGet(() -> Verdict.unchecked(EmailSettings.WEBHOOK_SECRET));
  }

  private static boolean signed(CallbackRequest request, byte[] secret, String header) {
    byte[] expected = Signatures.hmac(Signatures.Keyed.HMAC_SHA256, secret, request.body());
    return request
        .header(header)
        .flatMap(Signatures::unhex)
        .filter(it -> Signatures.equal(it, expected))
        .isPresent();
  }
}
