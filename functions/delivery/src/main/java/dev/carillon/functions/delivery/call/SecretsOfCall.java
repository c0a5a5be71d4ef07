package dev.carillon.functions.delivery.call;

import dev.carillon.channel.ChannelType;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderCall.Authentication;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.variable.SecretValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What nobody is to see of an answer that repeats what was asked: the channel's credentials, what
 * the call was made with, and what of it says who we are.
 */
public final class SecretsOfCall {
  private static final Pattern CREDENTIAL =
      Pattern.compile("authorization|.*(token|key|secret|signature).*");

  /** Characters of what is a credential in a header, and no word such as {@code Bearer}. */
  private static final int SHORTEST = 8;

  private final SecretValues values;

  /** Those that no id has in it by chance. */
  private final SecretValues certain;

  private SecretsOfCall(List<String> values) {
    this.values = SecretValues.of(values);
    this.certain =
        SecretValues.of(values.stream().filter(value -> value.length() >= SHORTEST).toList());
  }

  /**
   * @param type of the channel: a customer's own endpoint is sent what its template says
   */
  public static SecretsOfCall of(ProviderSettings settings, ProviderCall call, ChannelType type) {
    var values = new ArrayList<>(settings.secrets());
    values.addAll(call.secrets());
    if (call instanceof ProviderCall.Http http) {
      if (type != ChannelType.HTTP) {
        headers(http, values);
      }
      if (http.authentication() instanceof Authentication.AwsSignature aws) {
        aws.keys()
            .ifPresent(
                keys -> {
                  values.add(keys.secretAccessKey());
                  keys.sessionToken().ifPresent(values::add);
                });
      }
    }
    return new SecretsOfCall(values);
  }

  private static void headers(ProviderCall.Http http, List<String> values) {
    http.headers()
        .forEach(
            (name, value) -> {
              String credential = value.substring(value.lastIndexOf(' ') + 1);
              if (credential.length() >= SHORTEST
                  && CREDENTIAL.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
                values.add(credential);
              }
            });
  }

  /** The text with a mask wherever one of them stands. */
  public String masked(String text) {
    return values.masked(text);
  }

  /** The result with its reason masked; an id as well, where it is no chance. */
  public DeliveryResult masked(DeliveryResult result) {
    return switch (result) {
      case DeliveryResult.Accepted(var id, var reached) ->
          new DeliveryResult.Accepted(id.map(certain::masked), reached);
      case DeliveryResult.Deferred(var reason, var after) ->
          new DeliveryResult.Deferred(masked(reason), after);
      case DeliveryResult.Bounced(var reason, var dead) ->
          new DeliveryResult.Bounced(masked(reason), dead);
      case DeliveryResult.Misconfigured(var reason) ->
          new DeliveryResult.Misconfigured(masked(reason));
      case DeliveryResult.Rejected(var reason) -> new DeliveryResult.Rejected(masked(reason));
      case DeliveryResult.Ambiguous(var reason) -> new DeliveryResult.Ambiguous(masked(reason));
    };
  }
}
