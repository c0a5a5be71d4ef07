package dev.carillon.provider.sms;

import dev.carillon.message.Content;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.Preparation;
import dev.carillon.provider.sms.SmsSender.Reading;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A text message that can be sent: what every provider needs of one is there.
 *
 * @param from empty where the provider has a sender of its own
 */
public record SmsDraft(PhoneNumber to, Optional<SmsSender> from) {

  /**
   * Refuses what no provider could send, and leaves the rest to {@code sending}. A number that is
   * none bounces here: asking a provider of it would cost a request and end the same.
   *
   * @param senders the kinds of sender that the settings may name; none where the provider's
   *     settings say it otherwise
   */
  public static Preparation prepare(
      DeliveryRequest<Content.Sms> request,
      List<SmsSender.Kind> senders,
      Function<SmsDraft, Preparation> sending) {
    Optional<DeliveryResult> fault = request.settings().fault();
    if (fault.isPresent()) {
      return new Preparation.Refused(fault.get());
    }
    return switch (SmsSender.read(request.settings(), senders)) {
      case Reading.Unusable(var reason) -> misconfigured(reason);
      case Reading.Nobody() -> prepare(request, Optional.empty(), sending);
      case Reading.Named(var sender) -> prepare(request, Optional.of(sender), sending);
    };
  }

  private static Preparation prepare(
      DeliveryRequest<Content.Sms> request,
      Optional<SmsSender> from,
      Function<SmsDraft, Preparation> sending) {
    Content.Sms content = request.content();
    if (content.body().isBlank() && content.overrides().fields().isEmpty()) {
      return new Preparation.Refused(new DeliveryResult.Rejected("the message is empty"));
    }
    return PhoneNumber.read(content.to())
        .map(to -> sending.apply(new SmsDraft(to, from)))
        .orElseGet(SmsDraft::unreachable);
  }

  private static Preparation unreachable() {
    return new Preparation.Refused(
        new DeliveryResult.Bounced("no phone number with its country code", false));
  }

  /** The channel's settings are at fault. */
  public static Preparation misconfigured(String reason) {
    return new Preparation.Refused(new DeliveryResult.Misconfigured(reason));
  }
}
