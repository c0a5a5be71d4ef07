package dev.carillon.functions.delivery;

import dev.carillon.channel.Channel;
import dev.carillon.json.Json;
import dev.carillon.message.Attempt.Answer;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.Body;
import software.amazon.awssdk.services.sesv2.model.Destination;
import software.amazon.awssdk.services.sesv2.model.EmailContent;
import software.amazon.awssdk.services.sesv2.model.MessageHeader;
import software.amazon.awssdk.services.sesv2.model.MessageTag;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sesv2.model.SendEmailResponse;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;
import software.amazon.awssdk.services.sesv2.model.TooManyRequestsException;

/**
 * Email through SES. The client must have its retries off: SES has no idempotency token, so each
 * request that a lost answer makes the SDK repeat is one more mail.
 */
final class SesEmail implements Provider {
  static final String MESSAGE_TAG = "carillon_message_id";
  static final String ENVIRONMENT_TAG = "carillon_environment";
  private static final String WORKFLOW_TAG = "carillon_workflow";

  /** SES allows 256 of letters, digits, - and _ in a tag. */
  private static final int TAG_LENGTH = 256;

  private static final String UTF_8 = "UTF-8";

  private final SesV2Client ses;
  private final Optional<String> configurationSet;
  private final Duration patience;

  /**
   * @param configurationSet whose events tell what became of a mail; without one nothing does
   * @param patience the limit for one call, from its first byte to the last of its answer
   */
  SesEmail(SesV2Client ses, Optional<String> configurationSet, Duration patience) {
    this.ses = ses;
    this.configurationSet = configurationSet;
    this.patience = patience;
  }

  @Override
  public Duration patience() {
    return patience;
  }

  @Override
  public Said offer(Message message, MessageContent content, Channel channel) {
    try {
      SendEmailResponse response = ses.sendEmail(request(message, content.rendered()));
      return new Said.Accepted(
          new Answer(200, "{\"MessageId\":\"" + response.messageId() + "\"}"),
          Optional.of(response.messageId()),
          DeliveryStatus.SENT);
    } catch (TooManyRequestsException e) {
      return new Said.Deferred(Optional.of(answer(e)), "throttled", Optional.empty());
    } catch (SesV2Exception e) {
      return e.isThrottlingException()
          ? new Said.Deferred(Optional.of(answer(e)), "throttled", Optional.empty())
          : Provider.refusal(answer(e), Optional.empty());
    } catch (SdkClientException e) {
      return neverArrived(e)
          ? new Said.Deferred(Optional.empty(), "not_reached", Optional.empty())
          : new Said.Unknown("no_answer");
    }
  }

  private SendEmailRequest request(Message message, Json.Obj mail) {
    var body =
        Body.builder()
            .html(text -> text.charset(UTF_8).data(mail.text("html_body").orElse("")))
            .text(text -> text.charset(UTF_8).data(mail.text("text_body").orElse("")))
            .build();
    var content =
        EmailContent.builder()
            .simple(
                simple ->
                    simple
                        .subject(
                            text -> text.charset(UTF_8).data(mail.text("subject_line").orElse("")))
                        .body(body)
                        .headers(headers(message, mail)))
            .build();
    var request =
        SendEmailRequest.builder()
            .fromEmailAddress(from(mail))
            .destination(
                Destination.builder()
                    .toAddresses(addresses(mail, "to"))
                    .ccAddresses(addresses(mail, "cc"))
                    .bccAddresses(addresses(mail, "bcc"))
                    .build())
            .replyToAddresses(addresses(mail, "reply_to"))
            .content(content)
            .overrideConfiguration(limits -> limits.apiCallTimeout(patience))
            .emailTags(
                tag(MESSAGE_TAG, message.id().value()),
                tag(ENVIRONMENT_TAG, message.environment().value()),
                tag(WORKFLOW_TAG, message.source().workflow().value()));
    configurationSet.ifPresent(request::configurationSetName);
    return request.build();
  }

  private static List<MessageHeader> headers(Message message, Json.Obj mail) {
    var headers = new ArrayList<MessageHeader>();
    headers.add(
        MessageHeader.builder().name("X-Carillon-Message-Id").value(message.id().value()).build());
    mail.object("headers")
        .fields()
        .forEach(
            (name, value) -> {
              if (value instanceof Json.Str(var text)) {
                headers.add(MessageHeader.builder().name(name).value(text).build());
              }
            });
    return headers;
  }

  /** Contents tell the sender's name apart from the address, so that it can be encoded. */
  private static String from(Json.Obj mail) {
    return mail.text("from_address")
        .map(address -> SesAddress.of(mail.text("from_name").orElse(""), address))
        .orElseGet(() -> SesAddress.of(mail.text("from").orElse("")));
  }

  private static List<String> addresses(Json.Obj mail, String field) {
    return SesAddress.all(mail.text(field).orElse(""));
  }

  private static MessageTag tag(String name, String value) {
    String allowed = value.replaceAll("[^A-Za-z0-9_-]", "");
    return MessageTag.builder()
        .name(name)
        .value(allowed.substring(0, Math.min(allowed.length(), TAG_LENGTH)))
        .build();
  }

  private static Answer answer(SesV2Exception e) {
    var details = e.awsErrorDetails();
    return new Answer(
        e.statusCode(), details == null ? "" : details.errorCode() + ": " + details.errorMessage());
  }

  private static boolean neverArrived(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
  }
}
