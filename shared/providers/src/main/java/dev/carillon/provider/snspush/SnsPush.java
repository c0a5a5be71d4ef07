package dev.carillon.provider.snspush;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.message.Content;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.HttpAnswers;
import dev.carillon.provider.Lookup;
import dev.carillon.provider.LookupResult;
import dev.carillon.provider.Preparation;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSetting;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.StandIn;
import dev.carillon.provider.Unready;
import dev.carillon.provider.access.AwsAccess;
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.provider.callback.SnsEnvelope;
import dev.carillon.provider.format.FormBody;
import dev.carillon.provider.push.PayloadBytes;
import dev.carillon.provider.push.PushProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Amazon SNS, to an endpoint of one of its platform applications.
 *
 * <p>Source: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
public final class SnsPush implements PushProvider {
  /** Its region is the one that is called, and its platform the one whose payload counts. */
  private static final Pattern ENDPOINT =
      Pattern.compile(
          "arn:aws[a-z-]*:sns:(?<region>[a-z0-9-]+):[0-9]{12}:endpoint/(?<platform>[A-Z_]+)/\\S+");

  /** Apple's and Firebase's own limit, of what they are handed. */
  private static final int MOST_BYTES = 4_096;

  @Override
  public String key() {
    return "push_aws_sns";
  }

  /** Not the region: every endpoint says its own. */
  @Override
  public List<ProviderSetting> settings() {
    return Stream.concat(
            AwsAccess.SETTINGS.stream().filter(setting -> !setting.name().equals(AwsAccess.REGION)),
            Stream.of(SnsPushReports.TOPIC))
        .toList();
  }

  @Override
  public List<String> needs(Json.Obj given) {
    return AwsAccess.needs(given);
  }

  @Override
  public Preparation prepare(DeliveryRequest<Content.Push> request) {
    Optional<DeliveryResult> fault = request.settings().fault();
    if (fault.isPresent()) {
      return new Preparation.Refused(fault.get());
    }
    Matcher endpoint = ENDPOINT.matcher(request.content().token());
    if (!endpoint.matches()) {
      return Unready.dead("the target is no endpoint's ARN");
    }
    var settings =
        new ProviderSettings(
            request.settings().declared(),
            request.settings().values().with(AwsAccess.REGION, endpoint.group("region")));
    return switch (AwsAccess.of("sns", settings, request.lookups())) {
      case AwsAccess.Access.Known(var signature, var region) -> {
        Json.Obj message = SnsPushPayload.of(request.content(), request.message().id());
        int bytes = PayloadBytes.named(message.object(endpoint.group("platform")));
        yield bytes > MOST_BYTES
            ? Unready.rejected("payload of %d bytes, %d allowed".formatted(bytes, MOST_BYTES))
            : Preparation.of(call(request.content(), message, region).with(signature));
      }
      case AwsAccess.Access.Unknown(var lookup) -> new Preparation.Ask(lookup);
      case AwsAccess.Access.Wrong(var result) -> new Preparation.Refused(result);
    };
  }

  private static ProviderCall.Http call(Content.Push content, Json.Obj message, String region) {
    FormBody form =
        FormBody.EMPTY
            .with("Action", "Publish")
            .with("Version", "2010-03-31")
            .with("TargetArn", content.token())
            .with("MessageStructure", "json")
            .with("Message", JsonText.write(SnsPushPayload.written(message)));
    if (content.silent()) {
      form = attribute(form, 1, "AWS.SNS.MOBILE.APNS.PUSH_TYPE", "background");
      form = attribute(form, 2, "AWS.SNS.MOBILE.APNS.PRIORITY", "5");
    }
    return new ProviderCall.Http(
        "POST",
        "https://sns." + region + "." + AwsAccess.domain(region) + "/",
        Map.of("Content-Type", FormBody.CONTENT_TYPE),
        form.bytes());
  }

  private static FormBody attribute(FormBody form, int number, String name, String value) {
    String entry = "MessageAttributes.entry." + number + ".";
    return form.with(entry + "Name", name)
        .with(entry + "Value.DataType", "String")
        .with(entry + "Value.StringValue", value);
  }

  @Override
  public DeliveryResult read(DeliveryRequest<Content.Push> request, ProviderResponse response) {
    return response.successful()
        ? HttpAnswers.sent(SnsPushErrors.element(response.text(), "MessageId"))
        : SnsPushErrors.of(response);
  }

  @Override
  public LookupResult read(Lookup lookup, ProviderResponse response) {
    return SnsEnvelope.asked(lookup) ? SnsEnvelope.read(response) : AwsAccess.read(response);
  }

  @Override
  public Optional<CallbackReader> callbacks() {
    return Optional.of(new SnsPushReports());
  }

  @Override
  public Optional<ProviderResponse> standIn(ProviderCall.Http request) {
    return StandIn.xml(request, "<PublishResult><MessageId>#</MessageId></PublishResult>");
  }
}
