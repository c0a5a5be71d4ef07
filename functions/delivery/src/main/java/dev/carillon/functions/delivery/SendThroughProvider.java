package dev.carillon.functions.delivery;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelCredentials;
import dev.carillon.channel.ChannelType;
import dev.carillon.functions.delivery.call.CallProvider;
import dev.carillon.functions.delivery.call.CallProvider.Called;
import dev.carillon.functions.delivery.call.CallProvider.Purpose;
import dev.carillon.functions.delivery.call.SecretsOfCall;
import dev.carillon.json.Json;
import dev.carillon.message.Attempt.Answer;
import dev.carillon.message.Content;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.Lookup;
import dev.carillon.provider.LookupResult;
import dev.carillon.provider.Preparation;
import dev.carillon.provider.Provider;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.Providers;
import dev.carillon.provider.Unready;
import dev.carillon.workflow.WorkflowKey;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Sends through the provider that the channel names: asks what it wants to know first, makes the
 * one request that sends, and has the provider read the answer.
 */
final class SendThroughProvider implements SendMessage {
  /** No provider asks more: an access token, then whom an address belongs to. */
  private static final int MOST_QUESTIONS = 4;

  /** Knock gives a webhook 50 seconds; ours must fit into the function's 60 with the writes. */
  static final Duration WEBHOOK_PATIENCE = Duration.ofSeconds(45);

  /** For a provider's questions and the request that sends. */
  static final Duration PATIENCE = Duration.ofSeconds(40);

  private final ChannelCredentials credentials;
  private final LookupAnswers answers;
  private final CallProvider caller;
  private final Json.Obj standard;
  private final CallbackUrls callbacks;
  private final InstantSource clock;

  /**
   * @param standard settings of the deployment, for channels that do not say otherwise
   */
  SendThroughProvider(
      ChannelCredentials credentials,
      LookupAnswers answers,
      CallProvider caller,
      Json.Obj standard,
      CallbackUrls callbacks,
      InstantSource clock) {
    this.credentials = credentials;
    this.answers = answers;
    this.caller = caller;
    this.standard = standard;
    this.callbacks = callbacks;
    this.clock = clock;
  }

  @Override
  public Duration patience(Channel channel) {
    return channel.type() == ChannelType.HTTP ? WEBHOOK_PATIENCE : PATIENCE;
  }

  @Override
  public Sent send(Message message, MessageContent content, Channel channel) {
    Optional<Provider<?>> provider = Providers.named(channel.provider());
    return provider.isEmpty()
        ? new Sent(new DeliveryResult.Misconfigured("there is no provider " + channel.provider()))
        : send(provider.get(), message, content, channel);
  }

  private <C extends Content> Sent send(
      Provider<C> provider, Message message, MessageContent content, Channel channel) {
    if (!provider.content().isInstance(content.content())) {
      return new Sent(new DeliveryResult.Misconfigured("the provider sends something else"));
    }
    var settings =
        ProviderSettings.of(
            provider.settings(),
            standard,
            channel.settings().merged(credentials.find(message.environment(), channel.id())));
    var subject =
        new DeliveryRequest.Subject(
            message.environment(),
            message.id(),
            new WorkflowKey(message.source().workflow().plain()),
            message.recipient(),
            message.tenant(),
            message.currentAttempts().size(),
            message.retries(),
            message.trace());
    Optional<URI> callback =
        provider.callbacks().flatMap(_ -> callbacks.of(message.environment(), channel));
    for (int questions = 0; ; questions++) {
      var request =
          new DeliveryRequest<>(
              subject,
              provider.content().cast(content.content()),
              settings,
              callback,
              answers.of(message.environment(), channel.id(), clock.instant()),
              clock.instant());
      switch (provider.prepare(request)) {
        case Preparation.Refused(var result) -> {
          return new Sent(result);
        }
        case Preparation.Ready(var call) -> {
          Sent sent = sent(provider, request, call);
          if (message.currentAttempts().size() == 1
              && sent.result() instanceof DeliveryResult.Deferred) {
            // An access token that was taken back looks so; the next attempt asks anew.
            answers.forget(message.environment(), channel.id());
          }
          return sent;
        }
        case Preparation.Ask(var lookup) -> {
          if (questions == MOST_QUESTIONS) {
            return new Sent(new DeliveryResult.Deferred("asks_too_much", Optional.empty()));
          }
          switch (asked(provider, lookup)) {
            case LookupResult.Failed(var result) -> {
              return new Sent(result);
            }
            case LookupResult.Found found ->
                answers.keep(message.environment(), channel.id(), lookup, found, clock.instant());
          }
        }
      }
    }
  }

  private <C extends Content> Sent sent(
      Provider<C> provider, DeliveryRequest<C> request, ProviderCall call) {
    return switch (caller.call(
        call, new Purpose(provider.key(), Optional.of(request.message().id())))) {
      case Called.Answered(var response) -> {
        var secrets = SecretsOfCall.of(request.settings(), call, provider.type());
        yield new Sent(
            secrets.masked(provider.read(request, response)),
            Optional.of(new Answer(response.status(), secrets.masked(response.text()))),
            provider.idempotent());
      }
      case Called.Refused(var reason) -> new Sent(new DeliveryResult.Rejected(reason));
      case Called.NotReached(var reason) ->
          new Sent(new DeliveryResult.Deferred(reason, Optional.empty()));
      case Called.Unknown(var reason) ->
          new Sent(new DeliveryResult.Ambiguous(reason), Optional.empty(), provider.idempotent());
    };
  }

  /** A question sends nothing, so that whatever goes wrong with one may be tried again. */
  private LookupResult asked(Provider<?> provider, Lookup lookup) {
    return switch (caller.call(lookup.call(), new Purpose(provider.key(), Optional.empty()))) {
      case Called.Answered(var response) -> provider.read(lookup, response);
      case Called.Refused(var reason) -> Unready.failed(new DeliveryResult.Misconfigured(reason));
      case Called.NotReached(var reason) ->
          Unready.failed(new DeliveryResult.Deferred(reason, Optional.empty()));
      case Called.Unknown(var reason) ->
          Unready.failed(new DeliveryResult.Deferred(reason, Optional.empty()));
    };
  }
}
