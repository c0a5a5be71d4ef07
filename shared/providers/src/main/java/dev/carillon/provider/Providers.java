package dev.carillon.provider;

import dev.carillon.provider.africastalking.AfricasTalking;
import dev.carillon.provider.apns.Apns;
import dev.carillon.provider.discord.Discord;
import dev.carillon.provider.expo.Expo;
import dev.carillon.provider.fcm.Fcm;
import dev.carillon.provider.mailersend.MailerSend;
import dev.carillon.provider.mailersendsms.MailerSendSms;
import dev.carillon.provider.mailgun.Mailgun;
import dev.carillon.provider.mailjet.Mailjet;
import dev.carillon.provider.mailtrap.Mailtrap;
import dev.carillon.provider.mandrill.Mandrill;
import dev.carillon.provider.messagebird.MessageBird;
import dev.carillon.provider.messagemedia.MessageMedia;
import dev.carillon.provider.msteams.MsTeams;
import dev.carillon.provider.onesignal.OneSignal;
import dev.carillon.provider.plivo.Plivo;
import dev.carillon.provider.postmark.Postmark;
import dev.carillon.provider.resend.Resend;
import dev.carillon.provider.sendgrid.SendGrid;
import dev.carillon.provider.ses.AmazonSes;
import dev.carillon.provider.sinch.Sinch;
import dev.carillon.provider.slack.Slack;
import dev.carillon.provider.smtp.SmtpEmail;
import dev.carillon.provider.snspush.SnsPush;
import dev.carillon.provider.snssms.SnsSms;
import dev.carillon.provider.sparkpost.SparkPost;
import dev.carillon.provider.telnyx.Telnyx;
import dev.carillon.provider.twilio.Twilio;
import dev.carillon.provider.vonage.Vonage;
import dev.carillon.provider.webhook.Webhook;
import dev.carillon.provider.whatsapp.WhatsApp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The providers there are, by the key that channels name them by. One is made when it is first
 * named: a function mostly meets one or two of them.
 */
public final class Providers {
  private static final List<String> KEYS =
      List.of(
          "email_aws_ses",
          "email_mailersend",
          "email_mailgun",
          "email_mailjet",
          "email_mailtrap",
          "email_mandrill",
          "email_postmark",
          "email_resend",
          "email_sendgrid",
          "email_smtp",
          "email_sparkpost",
          "sms_africas_talking",
          "sms_aws_sns",
          "sms_mailersend",
          "sms_messagebird",
          "sms_plivo",
          "sms_sinch",
          "sms_sinch_message_media",
          "sms_telnyx",
          "sms_twilio",
          "sms_vonage",
          "push_apns",
          "push_expo",
          "push_fcm",
          "push_one_signal",
          "push_aws_sns",
          "chat_discord",
          "chat_ms_teams",
          "chat_slack",
          "chat_whatsapp",
          "http_carillon_webhook");

  private static final ConcurrentMap<String, Provider<?>> MADE = new ConcurrentHashMap<>();

  private Providers() {}

  /** Empty when there is none of that key. */
  public static Optional<Provider<?>> named(String key) {
    return Optional.ofNullable(MADE.computeIfAbsent(key, Providers::make));
  }

  /** In the order in which a form offers them. */
  public static Collection<Provider<?>> all() {
    var all = new ArrayList<Provider<?>>();
    for (String key : KEYS) {
      all.add(named(key).orElseThrow());
    }
    return Collections.unmodifiableList(all);
  }

  /** Null when there is none of that key. */
  private static Provider<?> make(String key) {
    return switch (key) {
      case "email_aws_ses" -> new AmazonSes();
      case "email_mailersend" -> new MailerSend();
      case "email_mailgun" -> new Mailgun();
      case "email_mailjet" -> new Mailjet();
      case "email_mailtrap" -> new Mailtrap();
      case "email_mandrill" -> new Mandrill();
      case "email_postmark" -> new Postmark();
      case "email_resend" -> new Resend();
      case "email_sendgrid" -> new SendGrid();
      case "email_smtp" -> new SmtpEmail();
      case "email_sparkpost" -> new SparkPost();
      case "sms_africas_talking" -> new AfricasTalking();
      case "sms_aws_sns" -> new SnsSms();
      case "sms_mailersend" -> new MailerSendSms();
      case "sms_messagebird" -> new MessageBird();
      case "sms_plivo" -> new Plivo();
      case "sms_sinch" -> new Sinch();
      case "sms_sinch_message_media" -> new MessageMedia();
      case "sms_telnyx" -> new Telnyx();
      case "sms_twilio" -> new Twilio();
      case "sms_vonage" -> new Vonage();
      case "push_apns" -> new Apns();
      case "push_expo" -> new Expo();
      case "push_fcm" -> new Fcm();
      case "push_one_signal" -> new OneSignal();
      case "push_aws_sns" -> new SnsPush();
      case "chat_discord" -> new Discord();
      case "chat_ms_teams" -> new MsTeams();
      case "chat_slack" -> new Slack();
      case "chat_whatsapp" -> new WhatsApp();
      case "http_carillon_webhook" -> new Webhook();
      default -> null;
    };
  }
}
