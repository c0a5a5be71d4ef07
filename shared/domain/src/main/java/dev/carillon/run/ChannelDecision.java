package dev.carillon.run;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelType;
import dev.carillon.json.Json;
import dev.carillon.preference.Preferences;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.TenantId;
import dev.carillon.workflow.Step.ChannelStep;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A channel step, in Knock's order: what the recipient must have, preferences, send window. */
final class ChannelDecision {
  private ChannelDecision() {}

  static Move of(ChannelStep step, Situation situation) {
    Optional<Channel> channel = channelOf(step, situation.channels());
    if (channel.isEmpty()) {
      return new Move.Skip(
          "channel_not_configured", true, Json.object().with("channel", step.channel()));
    }
    if (lacksAddress(step, situation.recipient())) {
      return new Move.Skip("recipient_has_no_email", true, Json.object());
    }
    return Preferences.objection(
            situation.recipient().map(Recipient::preferences).orElse(Map.of()),
            situation.tenantId().map(TenantId::value),
            situation.workflow(),
            channel.get(),
            situation.opening())
        .<Move>map(
            layer -> new Move.Skip("opted_out", true, Json.object().with("preference", layer)))
        .orElseGet(
            () ->
                new Move.Deliver(
                    step,
                    List.of(new Move.Offer(channel.get(), Optional.empty(), Json.object())),
                    Json.object()));
  }

  /**
   * The channel that the step names, by key or UUID, if it is configured and of the step's type.
   */
  static Optional<Channel> channelOf(ChannelStep step, List<Channel> channels) {
    return channels.stream()
        .filter(
            candidate ->
                candidate.key().equals(step.channel())
                    || candidate.id().toString().equalsIgnoreCase(step.channel()))
        .filter(candidate -> candidate.type() == step.channelType())
        .findFirst();
  }

  /** An address of the step's own is rendered later; whether it comes to something is seen then. */
  private static boolean lacksAddress(ChannelStep step, Optional<Recipient> recipient) {
    return step.channelType() == ChannelType.EMAIL
        && step.overrides().text("to_address").filter(text -> !text.isBlank()).isEmpty()
        && recipient.flatMap(known -> known.text("email")).isEmpty();
  }
}
