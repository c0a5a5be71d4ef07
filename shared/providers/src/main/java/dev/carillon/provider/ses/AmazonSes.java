package dev.carillon.provider.ses;

import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.message.Content.Attachment;
import dev.carillon.provider.Correlation;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.HttpAnswers;
import dev.carillon.provider.Lookup;
import dev.carillon.provider.LookupResult;
import dev.carillon.provider.Preparation;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderCall.Authentication.AwsSignature;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSetting;
import dev.carillon.provider.StandIn;
import dev.carillon.provider.access.AwsAccess;
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.provider.callback.SnsEnvelope;
import dev.carillon.provider.email.EmailAddress;
import dev.carillon.provider.email.EmailHeaders;
import dev.carillon.provider.email.EmailParts;
import dev.carillon.provider.email.EmailProvider;
import dev.carillon.provider.email.SingleLines;
import dev.carillon.provider.format.JsonBody;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Email through SES, version 2 of its interface. SES has no idempotency token: a request made twice
 * is two mails.
 *
 * <p>https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
 */
public final class AmazonSes implements EmailProvider {
  static final ProviderSetting CONFIGURATION_SET =
      ProviderSetting.optional("configuration_set", "Configuration set");
  static final ProviderSetting TOPIC =
      ProviderSetting.optional("sns_topic_arn", "SNS topic ARN of its events");

  /** SES allows 256 of letters, digits, - and _ in a tag. */
  private static final int TAG_LENGTH = 256;

  private static final Set<String> BODIES = Set.of("Data");

  @Override
  public String key() {
    return "email_aws_ses";
  }

  @Override
  public List<ProviderSetting> settings() {
    var settings = new ArrayList<>(AwsAccess.SETTINGS);
    settings.add(CONFIGURATION_SET);
    settings.add(TOPIC);
    return List.copyOf(settings);
  }

  @Override
  public List<String> needs(Json.Obj given) {
    return AwsAccess.needs(given);
  }

  @Override
  public Preparation prepare(DeliveryRequest<Content.Email> request) {
    return EmailParts.prepared(
        request,
        parts ->
            switch (AwsAccess.of("ses", request.settings(), request.lookups())) {
              case AwsAccess.Access.Known(var signature, var region) ->
                  Preparation.of(call(request, parts, region, signature));
              case AwsAccess.Access.Unknown(var lookup) -> new Preparation.Ask(lookup);
              case AwsAccess.Access.Wrong(var result) -> new Preparation.Refused(result);
            });
  }

  @Override
  public DeliveryResult read(DeliveryRequest<Content.Email> request, ProviderResponse response) {
    return response.successful()
        ? HttpAnswers.sent(JsonBody.object(response).text("MessageId"))
        : SesAnswers.refusal(request.settings(), response);
  }

  @Override
  public LookupResult read(Lookup lookup, ProviderResponse response) {
    return SnsEnvelope.asked(lookup) ? SnsEnvelope.read(response) : AwsAccess.read(response);
  }

  @Override
  public Optional<CallbackReader> callbacks() {
    return Optional.of(new SesEvents());
  }

  private static ProviderCall.Http call(
      DeliveryRequest<Content.Email> request,
      EmailParts parts,
      String region,
      AwsSignature signature) {
    Json.Obj body =
        JsonBody.overridden(
            body(request, parts),
            request.content().overrides(),
            whole -> whole.with("EmailTags", tags(request.message(), whole.list("EmailTags"))));
    String host = "email." + region + "." + AwsAccess.domain(region);
    return JsonBody.post(
            "https://" + host + "/v2/email/outbound-emails", Map.of(), SingleLines.of(body, BODIES))
        .with(signature);
  }

  private static Json.Obj body(DeliveryRequest<Content.Email> request, EmailParts parts) {
    EmailParts.Addressed addressed = parts.addressed();
    Json.Obj message = Json.object();
    if (!parts.html().isBlank()) {
      message = message.with("Html", text(parts.html()));
    }
    if (!parts.text().isEmpty()) {
      message = message.with("Text", text(parts.text()));
    }
    Json.Obj simple =
        Json.object()
            .with("Subject", text(parts.subject()))
            .with("Body", message)
            .with("Headers", headers(request, parts));
    if (!parts.attachments().isEmpty()) {
      simple =
          simple.with(
              "Attachments",
              Json.array(parts.attachments().stream().map(AmazonSes::attachment).toList()));
    }
    Json.Obj body =
        Json.object()
            .with("FromEmailAddress", addressed.from().encoded())
            .with(
                "Destination",
                Json.object()
                    .with("ToAddresses", addresses(addressed.to()))
                    .with("CcAddresses", addresses(addressed.cc()))
                    .with("BccAddresses", addresses(addressed.bcc())))
            .with("ReplyToAddresses", addresses(addressed.replyTo()))
            .with("Content", Json.object().with("Simple", simple));
    Optional<String> set = request.settings().text(CONFIGURATION_SET.name());
    return set.isPresent() ? body.with("ConfigurationSetName", set.get()) : body;
  }

  private static Json.Obj text(String data) {
    return Json.object().with("Data", data).with("Charset", "UTF-8");
  }

  private static Json addresses(List<EmailAddress> addresses) {
    return Json.texts(addresses.stream().map(EmailAddress::encoded).toList());
  }

  private static Json headers(DeliveryRequest<Content.Email> request, EmailParts parts) {
    var headers = new ArrayList<Json>();
    headers.add(pair(EmailHeaders.MESSAGE_ID, request.message().id().value()));
    parts.headers().forEach((name, value) -> headers.add(pair(name, value)));
    return Json.array(headers);
  }

  private static Json.Obj attachment(Attachment file) {
    Json.Obj json =
        Json.object()
            .with("FileName", file.name())
            .with("ContentType", file.contentType())
            .with("ContentDisposition", EmailParts.shown(file) ? "INLINE" : "ATTACHMENT")
            .with("ContentTransferEncoding", "BASE64")
            .with("RawContent", file.content());
    return file.contentId().map(id -> json.with("ContentId", id)).orElse(json);
  }

  /** Those of an override that do not take the place of ours, and ours. */
  private static Json tags(DeliveryRequest.Subject message, List<Json> others) {
    var ours = new LinkedHashMap<String, String>();
    ours.put(SesEvents.MESSAGE_TAG, message.id().value());
    ours.put(SesEvents.ENVIRONMENT_TAG, message.environment().value());
    ours.put("carillon_workflow", message.workflow().value());
    ours.put(Correlation.MESSAGE, message.id().value());
    ours.put("knock_workflow", message.workflow().value());
    ours.put(Correlation.RECIPIENT, Correlation.recipient(message.recipient()));
    var tags = new ArrayList<Json>();
    ours.forEach(
        (name, value) -> {
          String allowed = value.replaceAll("[^A-Za-z0-9_-]", "");
          if (!allowed.isEmpty()) {
            tags.add(pair(name, allowed.substring(0, Math.min(allowed.length(), TAG_LENGTH))));
          }
        });
    for (Json other : others) {
      if (other instanceof Json.Obj tag && !ours.containsKey(tag.text("Name").orElse(""))) {
        tags.add(tag);
      }
    }
    return Json.array(tags);
  }

  private static Json.Obj pair(String name, String value) {
    return Json.object().with("Name", name).with("Value", value);
  }

  @Override
  public Optional<ProviderResponse> standIn(ProviderCall.Http request) {
    return StandIn.json(request, 200, "{'MessageId':'#'}");
  }
}
