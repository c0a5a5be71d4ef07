package dev.carillon.provider.access;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.HttpAnswers;
import dev.carillon.provider.Lookup;
import dev.carillon.provider.LookupResult;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderCall.Authentication.AwsSignature;
import dev.carillon.provider.ProviderCall.AwsKeys;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSetting;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.ProviderWords;
import dev.carillon.provider.format.FormBody;
import dev.carillon.provider.format.JsonBody;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a channel of one of AWS's services is authenticated: with keys of its own, as a role that is
 * assumed first, or, when it names neither, with the function's own credentials.
 *
 * <p>Roles: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
public final class AwsAccess {
  public static final String REGION = "region";
  public static final String ACCESS_KEY_ID = "access_key_id";
  public static final String SECRET_ACCESS_KEY = "secret_access_key";
  public static final String ROLE_ARN = "role_arn";
  public static final String EXTERNAL_ID = "external_id";

  /** What STS gives by default, and every role allows. */
  private static final Duration SESSION = Duration.ofHours(1);

  /** Used no longer than this, so that no request is signed with keys that end on its way. */
  private static final Duration KEEP = Duration.ofMinutes(50);

  private static final String LOOKUP = "sts.assume_role:";
  private static final Pattern REGION_NAME =
      Pattern.compile("[a-z]{2,4}(-[a-z]{2,12}){1,2}-[0-9]{1,2}");

  /**
   * The settings of it, in the order of a form. The deployment says its region where a channel
   * names none.
   */
  public static final List<ProviderSetting> SETTINGS =
      List.of(
          ProviderSetting.optional(REGION, "Region"),
          ProviderSetting.optional(ACCESS_KEY_ID, "Access key ID"),
          ProviderSetting.optionalCredential(SECRET_ACCESS_KEY, "Secret access key"),
          ProviderSetting.optional(ROLE_ARN, "Role ARN"),
          ProviderSetting.optional(EXTERNAL_ID, "External ID"));

  private AwsAccess() {}

  /** What the settings, and the answers there are already, come to. */
  public sealed interface Access {
    record Known(AwsSignature signature, String region) implements Access {}

    /** The role is to be assumed first. */
    record Unknown(Lookup lookup) implements Access {}

    /** The settings are at fault. */
    record Wrong(DeliveryResult result) implements Access {}
  }

  /**
   * @param service as signatures name it, such as {@code ses} or {@code sns}
   * @param lookups those of the {@link DeliveryRequest}
   */
  public static Access of(String service, ProviderSettings settings, Map<String, String> lookups) {
    String region = settings.required(REGION);
    if (!REGION_NAME.matcher(region).matches()) {
      return wrong("region is missing, or not the name of one");
    }
    Optional<String> id = settings.text(ACCESS_KEY_ID);
    Optional<String> secret = settings.text(SECRET_ACCESS_KEY);
    if (id.isPresent() != secret.isPresent()) {
      return wrong("one of access_key_id and secret_access_key is missing");
    }
    Optional<AwsKeys> keys =
        id.map(known -> new AwsKeys(known, secret.orElseThrow(), Optional.empty()));
    Optional<String> role = settings.text(ROLE_ARN);
    if (role.isEmpty()) {
      return known(service, region, keys);
    }
    Lookup lookup = assume(role.get(), settings.text(EXTERNAL_ID), region, keys);
    String answer = lookups.get(lookup.key());
    return answer == null
        ? new Access.Unknown(lookup)
        : known(service, region, session(JsonBody.object(answer)));
  }

  /** What is missing of these settings: the other half of a pair of keys. */
  public static List<String> needs(Json.Obj given) {
    return given.text(ACCESS_KEY_ID).filter(id -> !id.isBlank()).isPresent()
        ? List.of(SECRET_ACCESS_KEY)
        : List.of();
  }

  /** Whether it was {@link #of} that asked. */
  public static boolean asked(Lookup lookup) {
    return lookup.key().startsWith(LOOKUP);
  }

  /** What STS answered to a lookup that {@link #of} asked for. */
  public static LookupResult read(ProviderResponse response) {
    String xml = response.text();
    if (!response.successful()) {
      String code = element(xml, "Code").orElse("status " + response.status());
      return new LookupResult.Failed(
          switch (HttpAnswers.of(response, ProviderWords.of(List.of(), "AssumeRole", code))) {
            case DeliveryResult.Rejected(var reason) -> new DeliveryResult.Misconfigured(reason);
            // Nothing was sent yet, so nothing is ambiguous.
            case DeliveryResult.Ambiguous(var reason) ->
                new DeliveryResult.Deferred(reason, Optional.empty());
            case DeliveryResult other -> other;
          });
    }
    Json.Obj session = Json.object();
    for (String name : List.of("AccessKeyId", "SecretAccessKey", "SessionToken")) {
      Optional<String> value = element(xml, name);
      if (value.isEmpty()) {
        return new LookupResult.Failed(
            new DeliveryResult.Deferred("AssumeRole: the answer cannot be read", Optional.empty()));
      }
      session = session.with(name, value.get());
    }
    return new LookupResult.Found(JsonText.write(session), KEEP);
  }

  private static Access wrong(String reason) {
    return new Access.Wrong(new DeliveryResult.Misconfigured(reason));
  }

  private static Access known(String service, String region, Optional<AwsKeys> keys) {
    return new Access.Known(new AwsSignature(service, Optional.of(region), keys), region);
  }

  private static Optional<AwsKeys> session(Json.Obj session) {
    return Optional.of(
        new AwsKeys(
            session.text("AccessKeyId").orElse(""),
            session.text("SecretAccessKey").orElse(""),
            session.text("SessionToken")));
  }

  private static Lookup assume(
      String role, Optional<String> externalId, String region, Optional<AwsKeys> keys) {
    FormBody form =
        FormBody.EMPTY
            .with("Action", "AssumeRole")
            .with("Version", "2011-06-15")
            .with("RoleArn", role)
            .with("RoleSessionName", "carillon")
            .with("DurationSeconds", Long.toString(SESSION.toSeconds()))
            .with("ExternalId", externalId);
    var call =
        new ProviderCall.Http(
                "POST",
                "https://sts." + region + "." + domain(region) + "/",
                Map.of("Content-Type", FormBody.CONTENT_TYPE),
                form.bytes())
            .with(new AwsSignature("sts", Optional.of(region), keys));
    // Who assumes, whom and with what: the secret key goes in as a code that does not tell it.
    byte[] identity =
        Signatures.hmac(
            Signatures.Keyed.HMAC_SHA256,
            Signatures.utf8(keys.map(AwsKeys::secretAccessKey).orElse("")),
            Signatures.utf8(keys.map(AwsKeys::accessKeyId).orElse("") + "\n" + form.encoded()));
    return new Lookup(
        LOOKUP + region + ":" + Signatures.hex(identity).substring(0, 32), call, KEEP);
  }

  /** The domain of AWS's endpoints in a region. */
  public static String domain(String region) {
    return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  }

  private static Optional<String> element(String xml, String name) {
    Matcher found = Pattern.compile("<" + name + ">([^<]{1,4096})</" + name + ">").matcher(xml);
    return found.find() ? Optional.of(found.group(1).strip()) : Optional.empty();
  }
}
