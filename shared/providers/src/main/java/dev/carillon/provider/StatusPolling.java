package dev.carillon.provider;

import dev.carillon.channel.ChannelType;
import dev.carillon.message.DeliveryStatus;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks a provider what became of a message it took. Pure, as {@link Provider} is. */
public interface StatusPolling {

  /**
   * @return empty when this channel is not to be asked, as its settings say
   */
  Optional<ProviderCall.Http> ask(String externalId, ProviderSettings settings);

  /**
   * What the answer says.
   *
   * @param target where the message went: the primary address of an email, a number, a token. Of an
   *     answer about several recipients only what it says of this one counts.
   */
  Poll read(String target, ProviderResponse response);

  sealed interface Poll {
    /**
     * Of what several events of a mail say the one that outweighs the others, in whichever order
     * they come; later when there is none.
     */
    static Poll of(Stream<Known> known) {
      return known
          .reduce(
              (one, other) ->
                  one.status().mayBecome(other.status(), ChannelType.EMAIL) ? other : one)
          .<Poll>map(it -> it)
          .orElseGet(Later::new);
    }

    /** Its last status; nothing more is asked. */
    record Known(DeliveryStatus status, Optional<String> reason) implements Poll {
      public static Known delivered() {
        return new Known(DeliveryStatus.DELIVERED, Optional.empty());
      }

      /** The reason is a word of the provider's. */
      public static Known bounced(String reason) {
        return new Known(DeliveryStatus.BOUNCED, Optional.of(reason));
      }

      /** The reason is a word of the provider's. */
      public static Known undelivered(String reason) {
        return new Known(DeliveryStatus.UNDELIVERED, Optional.of(reason));
      }
    }

    /** It bounced, and the address or token itself is dead. */
    record Dead(String reason) implements Poll {}

    /** Not decided yet, or not to be had now. */
    record Later() implements Poll {}

    /** The provider will not say: no such message, or not with this account. */
    record Never(String reason) implements Poll {}
  }
}
