package dev.carillon.provider.snspush;

import dev.carillon.provider.CodeMeaning;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.HttpAnswers;
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
  private static final Map<String, CodeMeaning> CODES =
      Map.ofEntries(
          Map.entry("EndpointDisabled", CodeMeaning.DEAD),
          Map.entry("NotFound", CodeMeaning.DEAD),
          Map.entry("InvalidParameter", CodeMeaning.CONTENT),
          Map.entry("ParameterValueInvalid", CodeMeaning.CONTENT),
          Map.entry("ValidationError", CodeMeaning.CONTENT),
          Map.entry("PlatformApplicationDisabled", CodeMeaning.CHANNEL),
          Map.entry("AuthorizationError", CodeMeaning.CHANNEL),
          Map.entry("AccessDenied", CodeMeaning.CHANNEL),
          Map.entry("AccessDeniedException", CodeMeaning.CHANNEL),
          Map.entry("InvalidClientTokenId", CodeMeaning.CHANNEL),
          Map.entry("SignatureDoesNotMatch", CodeMeaning.CHANNEL),
          Map.entry("InvalidSecurity", CodeMeaning.CHANNEL),
          Map.entry("ExpiredToken", CodeMeaning.CHANNEL),
          Map.entry("OptInRequired", CodeMeaning.CHANNEL),
          Map.entry("Throttled", CodeMeaning.LATER),
          Map.entry("Throttling", CodeMeaning.LATER),
          Map.entry("RequestExpired", CodeMeaning.LATER),
          Map.entry("InternalError", CodeMeaning.LATER),
          Map.entry("InternalFailure", CodeMeaning.LATER),
          Map.entry("ServiceUnavailable", CodeMeaning.LATER));

  /** Of a parameter that is wrong, the one that is the endpoint's ARN. */
  private static final String TARGET = "TargetArn";

  private SnsPushErrors() {}

  static DeliveryResult of(ProviderResponse response) {
    String code = element(response.text(), "Code").orElse("");
    CodeMeaning meaning = CODES.get(code);
    if (meaning == null) {
      return HttpAnswers.of(response);
    }
    boolean ofTheTarget =
        code.equals("InvalidParameter")
            && element(response.text(), "Message").orElse("").contains(TARGET);
    return (ofTheTarget ? CodeMeaning.DEAD : meaning).result(response, code);
  }

  static Optional<String> element(String xml, String name) {
    Matcher found = Pattern.compile("<" + name + ">([^<]{1,1000})</" + name + ">").matcher(xml);
    return found.find() ? Optional.of(found.group(1).strip()) : Optional.empty();
  }
}
