package dev.carillon.provider.snspush;

import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.HttpAnswers;
import dev.carillon.provider.Meaning;
import dev.carillon.provider.ProviderResponse;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What SNS answers, which is XML.
 *
 * <p>Source: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html#API_Publish_Errors
 */
final class SnsPushErrors {
  /** By {@code Code}. */
  private static final Map<String, Meaning> CODES =
      Map.ofEntries(
          Map.entry("EndpointDisabled", Meaning.DEAD),
          Map.entry("NotFound", Meaning.DEAD),
          Map.entry("InvalidParameter", Meaning.REJECTED),
          Map.entry("ParameterValueInvalid", Meaning.REJECTED),
          Map.entry("ValidationError", Meaning.REJECTED),
          Map.entry("PlatformApplicationDisabled", Meaning.MISCONFIGURED),
          Map.entry("AuthorizationError", Meaning.MISCONFIGURED),
          Map.entry("AccessDenied", Meaning.MISCONFIGURED),
          Map.entry("AccessDeniedException", Meaning.MISCONFIGURED),
          Map.entry("InvalidClientTokenId", Meaning.MISCONFIGURED),
          Map.entry("SignatureDoesNotMatch", Meaning.MISCONFIGURED),
          Map.entry("InvalidSecurity", Meaning.MISCONFIGURED),
          Map.entry("ExpiredToken", Meaning.MISCONFIGURED),
          Map.entry("OptInRequired", Meaning.MISCONFIGURED),
          Map.entry("Throttled", Meaning.DEFERRED),
          Map.entry("Throttling", Meaning.DEFERRED),
          Map.entry("RequestExpired", Meaning.DEFERRED),
          Map.entry("InternalError", Meaning.DEFERRED),
          Map.entry("InternalFailure", Meaning.DEFERRED),
          Map.entry("ServiceUnavailable", Meaning.DEFERRED));

  /** Of a parameter that is wrong, the one that is the endpoint's ARN. */
  private static final String TARGET = "TargetArn";

  private SnsPushErrors() {}

  static DeliveryResult of(ProviderResponse response) {
    String code = element(response.text(), "Code").orElse("");
    Meaning meaning = CODES.get(code);
    if (meaning == null) {
      return HttpAnswers.of(response);
    }
    boolean ofTheTarget =
        code.equals("InvalidParameter")
            && element(response.text(), "Message").orElse("").contains(TARGET);
    return (ofTheTarget ? Meaning.DEAD : meaning).of(response, code);
  }

  static Optional<String> element(String xml, String name) {
    Matcher found = Pattern.compile("<" + name + ">([^<]{1,1000})</" + name + ">").matcher(xml);
    return found.find() ? Optional.of(found.group(1).strip()) : Optional.empty();
  }
}
