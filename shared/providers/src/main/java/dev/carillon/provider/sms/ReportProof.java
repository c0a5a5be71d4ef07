package dev.carillon.provider.sms;

import dev.carillon.provider.access.Signatures;
import dev.carillon.provider.callback.CallbackReader.Verdict;
import dev.carillon.provider.callback.CallbackRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Who may report where a provider signs reports only for channels that ask for it. */
public final class ReportProof {
  private ReportProof() {}

  /**
   * With a secret, what {@code signature} finds. Without one, a link that we gave out is proof
   * enough, and nothing else is.
   *
   * @param linkKey what links are made with
   * @param secret what the provider signs with, as the channel has it
   */
  public static Verdict verify(
      CallbackRequest request,
      String linkKey,
      Optional<String> secret,
      Function<String, Verdict> signature) {
    return secret
        .map(signature)
        .orElseGet(
            () ->
                Verdict.of(
                    CallbackLink.message(request.url(), linkKey).isPresent(),
                    "neither signed nor at a link that was given out"));
  }

  public static Verdict of(boolean authentic) {
    return Verdict.of(authentic, "the signature is wrong");
  }

  public static Verdict absent() {
    return new Verdict.Forged("the signature is missing");
  }

  /** Authentic when the time that was signed is near enough, and there is one. */
  public static Verdict timely(Optional<Instant> stated, Instant now, Duration tolerance) {
    return stated.filter(then -> Signatures.timely(then, now, tolerance)).isPresent()
        ? new Verdict.Authentic()
        : new Verdict.Stale();
  }
}
