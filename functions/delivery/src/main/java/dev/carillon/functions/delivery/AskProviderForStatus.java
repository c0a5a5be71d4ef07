package dev.carillon.functions.delivery;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelCredentials;
import dev.carillon.functions.delivery.call.CallProvider;
import dev.carillon.functions.delivery.call.CallProvider.Called;
import dev.carillon.functions.delivery.call.CallProvider.Purpose;
import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.provider.Provider;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.Providers;
import dev.carillon.provider.StatusPolling;
import dev.carillon.provider.StatusPolling.Poll;
import dev.carillon.provider.email.EmailParts;
import java.util.Optional;

/**
 * Asks the provider that the channel names, where it has such a question: always where it reports
 * nothing by itself, else if the channel says {@code "status_polling": true}.
 */
final class AskProviderForStatus implements AskStatus {
  private final ChannelCredentials credentials;
  private final CallProvider caller;
  private final Json.Obj standard;

  /**
   * @param standard settings of the deployment, for channels that do not say otherwise
   */
  AskProviderForStatus(ChannelCredentials credentials, CallProvider caller, Json.Obj standard) {
    this.credentials = credentials;
    this.caller = caller;
    this.standard = standard;
  }

  @Override
  public boolean wanted(Channel channel) {
    return Providers.named(channel.provider())
        .filter(it -> it.polling().isPresent())
        .filter(it -> channel.statusPolling().orElse(it.callbacks().isEmpty()))
        .isPresent();
  }

  @Override
  public Poll ask(Message message, MessageContent content, Channel channel) {
    Optional<Provider<?>> provider = Providers.named(channel.provider());
    Optional<StatusPolling> polling = provider.flatMap(Provider::polling);
    if (polling.isEmpty() || message.externalId().isEmpty()) {
      return new Poll.Never("there is nothing to ask");
    }
    var settings =
        ProviderSettings.of(
            provider.get().settings(),
            standard,
            channel.settings().merged(credentials.find(message.environment(), channel.id())));
    return polling
        .get()
        .ask(message.externalId().get(), settings)
        .map(call -> asked(channel, polling.get(), call, content.content()))
        .orElseGet(() -> new Poll.Never("the channel's settings say so"));
  }

  private Poll asked(
      Channel channel, StatusPolling polling, ProviderCall.Http call, Content content) {
    return switch (caller.call(call, new Purpose(channel.provider(), Optional.empty()))) {
      case Called.Answered(var response) -> polling.read(target(content), response);
      case Called.Refused(var reason) -> new Poll.Never(reason);
      case Called.NotReached _, Called.Unknown _ -> new Poll.Later();
    };
  }

  private static String target(Content content) {
    return switch (content) {
      case Content.Email mail -> EmailParts.primary(mail).orElse("");
      case Content.Sms sms -> sms.to();
      case Content.Push push -> push.token();
      case Content.Chat _, Content.InAppFeed _, Content.Http _ -> "";
    };
  }
}
