package dev.carillon.provider.snssms;

import static dev.carillon.provider.Meaning.BOUNCED;
import static dev.carillon.provider.Meaning.DEFERRED;
import static dev.carillon.provider.Meaning.MISCONFIGURED;
import static dev.carillon.provider.Meaning.REJECTED;
import static java.util.Map.entry;

import dev.carillon.provider.Meaning;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the error codes of Publish mean. https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 * and https://docs.aws.amazon.com/sns/latest/api/CommonErrors.html
 */
final class SnsCodes {
  private static final Map<String, Meaning> CODES =
      Map.ofEntries(
          entry("InvalidParameter", REJECTED),
          entry("InvalidParameterValue", REJECTED),
          entry("ParameterValueInvalid", REJECTED),
          entry("ValidationError", REJECTED),
          entry("OptedOut", BOUNCED),
          entry("EndpointDisabled", BOUNCED),
          entry("AuthorizationError", MISCONFIGURED),
          entry("AccessDenied", MISCONFIGURED),
          entry("AccessDeniedException", MISCONFIGURED),
          entry("UserError", MISCONFIGURED), // a sandbox, or an origination identity it lacks
          entry("InvalidClientTokenId", MISCONFIGURED),
          entry("SignatureDoesNotMatch", MISCONFIGURED),
          entry("InvalidSecurity", MISCONFIGURED),
          entry("OptInRequired", MISCONFIGURED),
          entry("ExpiredToken", DEFERRED), // the keys of a role, which are asked for again
          entry("Throttled", DEFERRED),
          entry("Throttling", DEFERRED),
          entry("ThrottlingException", DEFERRED),
          entry("InternalError", DEFERRED),
          entry("InternalFailure", DEFERRED),
          entry("ServiceUnavailable", DEFERRED));

  /** In the words of an invalid parameter: its name, where it is the number. */
  private static final String NUMBER = "phonenumber";

  /** In its words too: a number that an account in the sandbox has not verified. */
  private static final String SANDBOX = "sandbox";

  private static final String OPTED_OUT = "opted out";
  private static final Set<String> INVALID =
      Set.of("InvalidParameter", "InvalidParameterValue", "ParameterValueInvalid");

  private SnsCodes() {}

  /**
   * @param words of the same error
   */
  static Optional<Meaning> of(String code, String words) {
    String lower = words.toLowerCase(Locale.ROOT);
    if (INVALID.contains(code) && lower.contains(SANDBOX)) {
      return Optional.of(MISCONFIGURED);
    }
    return INVALID.contains(code) && (lower.contains(NUMBER) || lower.contains(OPTED_OUT))
        ? Optional.of(BOUNCED)
        : Optional.ofNullable(CODES.get(code));
  }
}
