package dev.carillon.provider;

import dev.carillon.channel.ChannelType;
import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.provider.chat.Workspace;
import java.util.List;
import java.util.Optional;

/**
 * A service that carries messages of one channel type the last part of their way. A provider is
 * values and pure functions: it says what its settings are, what request a message becomes and what
 * an answer means. It never makes a call, reads a clock or keeps anything; the caller does.
 *
 * <p>Every method gives the same for the same arguments and throws for no content, settings or
 * answer whatever: what cannot be sent is a {@link Preparation.ApiException}, what cannot be read a
 * {@link DeliveryResult}.
 *
 * @param <C> the content it takes
 */
public interface Provider<C extends Content> {

  /** What channels name it by, in Knock's spelling, such as {@code email_sendgrid}. */
  String key();

  ChannelType type();

  /** The content it takes, which is that of its channel type. */
  Class<C> content();

  /** What it is configured with, in the order in which a form shows it. */
  List<ProviderSetting> settings();

  /**
   * What a channel with these settings needs besides, before anything can be sent through it: the
   * names of credentials, and of required settings that are missing.
   *
   * @param given those of the channel, without credentials
   */
  default List<String> needs(Json.Obj given) {
    return new ProviderSettings(settings(), given).missing();
  }

  /**
   * What is to be asked for this message: the one request that sends it, or a question whose answer
   * is needed first. Called again with that answer among the {@linkplain DeliveryRequest#lookups()
   * lookups}.
   */
  Preparation prepare(DeliveryRequest<C> request);

  /** What the answer to the sending request means; a 2xx may mean that it failed. */
  DeliveryResult read(DeliveryRequest<C> request, ProviderResponse response);

  /**
   * What the answer to a question means.
   *
   * @param lookup as {@link #prepare} or a callback's reader asked it
   */
  default LookupResult read(Lookup lookup, ProviderResponse response) {
    throw new IllegalStateException(key() + " asks nothing, so this is not its: " + lookup.key());
  }

  /**
   * Whether a second request with the same idempotency key sends nothing when the first did, so
   * that an unknown outcome may be tried again without sending twice.
   */
  default boolean idempotent() {
    return false;
  }

  /** How it reports what became of messages; empty when it does not. */
  default Optional<CallbackReader> callbacks() {
    return Optional.empty();
  }

  /** How it can be asked what became of a message; empty when it cannot. */
  default Optional<StatusPolling> polling() {
    return Optional.empty();
  }

  /** The workspaces in which its apps are installed; empty where there are none. */
  default Optional<Workspace> workspace() {
    return Optional.empty();
  }

  /**
   * What it answers when all is well: to a question, or when it takes a message. For the local
   * stack, which stands in for providers, and for tests.
   *
   * @param request as {@link #prepare} made it
   * @return empty where nothing stands in for it
   */
  default Optional<ProviderResponse> standIn(ProviderCall.Http request) {
    return Optional.empty();
  }
}
