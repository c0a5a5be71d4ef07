package dev.carillon.provider.snssms;

import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.HttpAnswers;
import dev.carillon.provider.Lookup;
import dev.carillon.provider.LookupResult;
import dev.carillon.provider.Meaning;
import dev.carillon.provider.Preparation;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSetting;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.ProviderWords;
import dev.carillon.provider.StandIn;
import dev.carillon.provider.access.AwsAccess;
import dev.carillon.provider.format.FormBody;
import dev.carillon.provider.sms.SmsDraft;
import dev.carillon.provider.sms.SmsProvider;
import dev.carillon.provider.sms.SmsSender;
import dev.carillon.provider.sms.SmsSender.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Amazon SNS, publishing to a phone number. It takes no id of ours and reports nothing over HTTP:
 * what became of a message is in CloudWatch's logs, so sent is the last status here. What exceeds
 * the account's monthly spend is taken and dropped without a word.
 *
 * <p>https://docs.aws.amazon.com/sns/latest/api/API_Publish.html and
 * https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-phone.html
 */
public final class SnsSms implements SmsProvider {
  private static final String SERVICE = "sns";
  private static final String MESSAGE_TYPE = "message_type";
  private static final String VERSION = "2010-03-31";
  private static final List<Kind> ORIGINATORS = List.of(Kind.PHONE_NUMBER, Kind.SHORT_CODE);
  private static final String SENDER_ID = Kind.SENDER_ID.wireName();

  @Override
  public String key() {
    return "sms_aws_sns";
  }

  @Override
  public List<ProviderSetting> settings() {
    var settings = new ArrayList<>(AwsAccess.SETTINGS);
    settings.add(
        ProviderSetting.optional(MESSAGE_TYPE, "Message Type")
            .of(new ProviderSetting.Type.Choice(List.of("Promotional", "Transactional"))));
    settings.add(ProviderSetting.optional(SENDER_ID, "Sender ID"));
    settings.addAll(SmsSender.optionalSettings(ORIGINATORS));
    return List.copyOf(settings);
  }

  @Override
  public List<String> needs(Json.Obj given) {
    return AwsAccess.needs(given);
  }

  @Override
  public Preparation prepare(DeliveryRequest<Content.Sms> request) {
    return SmsDraft.prepare(request, ORIGINATORS, draft -> prepare(request, draft));
  }

  private static Preparation prepare(DeliveryRequest<Content.Sms> request, SmsDraft draft) {
    ProviderSettings settings = request.settings();
    Optional<String> senderId = settings.text(SENDER_ID);
    if (senderId.isPresent() && SmsSender.of(Kind.SENDER_ID, senderId.get()).isEmpty()) {
      return SmsDraft.misconfigured("not valid: " + SENDER_ID);
    }
    return switch (AwsAccess.of(SERVICE, settings, request.lookups())) {
      case AwsAccess.Access.Wrong(var result) -> new Preparation.Refused(result);
      case AwsAccess.Access.Unknown(var lookup) -> new Preparation.Ask(lookup);
      case AwsAccess.Access.Known known -> Preparation.of(call(request, draft, known));
    };
  }

  private static ProviderCall.Http call(
      DeliveryRequest<Content.Sms> request, SmsDraft draft, AwsAccess.Access.Known access) {
    Json.Obj parameters =
        Json.object()
            .with("PhoneNumber", draft.to().value())
            .with("Message", request.content().body())
            .with("MessageAttributes", attributes(request.settings(), draft))
            .mergedDeeply(request.content().overrides())
            .with("Action", "Publish")
            .with("Version", VERSION);
    return new ProviderCall.Http(
            "POST",
            "https://sns." + access.region() + "." + AwsAccess.domain(access.region()) + "/",
            Map.of("Content-Type", FormBody.CONTENT_TYPE),
            QueryProtocol.form(parameters).bytes())
        .with(access.signature());
  }

  private static Json.Obj attributes(ProviderSettings settings, SmsDraft draft) {
    Json.Obj attributes = Json.object();
    Optional<String> type = settings.text(MESSAGE_TYPE);
    if (type.isPresent()) {
      attributes = attributes.with("AWS.SNS.SMS.SMSType", text(type.get()));
    }
    Optional<String> senderId = settings.text(SENDER_ID);
    if (senderId.isPresent()) {
      attributes = attributes.with("AWS.SNS.SMS.SenderID", text(senderId.get()));
    }
    if (draft.from().isPresent()) {
      attributes =
          attributes.with("AWS.MM.SMS.OriginationNumber", text(draft.from().get().value()));
    }
    return attributes;
  }

  private static Json.Obj text(String value) {
    return Json.object().with("DataType", "String").with("StringValue", value);
  }

  @Override
  public DeliveryResult read(DeliveryRequest<Content.Sms> request, ProviderResponse response) {
    String xml = response.text();
    if (response.successful()) {
      return HttpAnswers.sent(QueryProtocol.element(xml, "MessageId"));
    }
    Optional<String> code = QueryProtocol.element(xml, "Code");
    String words = QueryProtocol.element(xml, "Message").orElse("");
    String reason =
        ProviderWords.of(request.settings(), code.orElse("status " + response.status()), words);
    return Meaning.of(code.flatMap(known -> SnsCodes.of(known, words)), response, reason);
  }

  @Override
  public LookupResult read(Lookup lookup, ProviderResponse response) {
    return AwsAccess.read(response);
  }

  @Override
  public Optional<ProviderResponse> standIn(ProviderCall.Http request) {
    return StandIn.xml(request, "<PublishResult><MessageId>#</MessageId></PublishResult>");
  }
}
