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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * The providers there are, by the key that channels name them by. One is made when it is first
 * named: a function mostly meets one or two of them.
 */
public final class Providers {
  private static final Map<String, Supplier<Provider<?>>> MAKERS = makers();
  private static final ConcurrentMap<String, Provider<?>> MADE = new ConcurrentHashMap<>();

  private Providers() {}

  /** Empty when there is none of that key. */
  public static Optional<Provider<?>> named(String key) {
    return Optional.ofNullable(MAKERS.get(key))
        .map(make -> MADE.computeIfAbsent(key, _ -> make.get()));
  }

  /** In the order in which a form offers them. */
  public static Collection<Provider<?>> all() {
    var all = new ArrayList<Provider<?>>();
    MAKERS.keySet().forEach(key -> all.add(named(key).orElseThrow()));
    return Collections.unmodifiableList(all);
  }

  /** In the order in which a form offers them. */
  private static Map<String, Supplier<Provider<?>>> makers() {
    var makers = new LinkedHashMap<String, Supplier<Provider<?>>>();
    makers.put("email_aws_ses", AmazonSes::new);
    makers.put("email_mailersend", MailerSend::new);
    makers.put("email_mailgun", Mailgun::new);
    makers.put("email_mailjet", Mailjet::new);
    makers.put("email_mailtrap", Mailtrap::new);
    makers.put("email_mandrill", Mandrill::new);
    makers.put("email_postmark", Postmark::new);
    makers.put("email_resend", Resend::new);
    makers.put("email_sendgrid", SendGrid::new);
    makers.put("email_smtp", SmtpEmail::new);
    makers.put("email_sparkpost", SparkPost::new);
    makers.put("sms_africas_talking", AfricasTalking::new);
    makers.put("sms_aws_sns", SnsSms::new);
    makers.put("sms_mailersend", MailerSendSms::new);
    makers.put("sms_messagebird", MessageBird::new);
    makers.put("sms_plivo", Plivo::new);
    makers.put("sms_sinch", Sinch::new);
    makers.put("sms_sinch_message_media", MessageMedia::new);
    makers.put("sms_telnyx", Telnyx::new);
    makers.put("sms_twilio", Twilio::new);
    makers.put("sms_vonage", Vonage::new);
    makers.put("push_apns", Apns::new);
    makers.put("push_expo", Expo::new);
    makers.put("push_fcm", Fcm::new);
    makers.put("push_one_signal", OneSignal::new);
    makers.put("push_aws_sns", SnsPush::new);
    makers.put("chat_discord", Discord::new);
    makers.put("chat_ms_teams", MsTeams::new);
    makers.put("chat_slack", Slack::new);
    makers.put("chat_whatsapp", WhatsApp::new);
    makers.put("http_carillon_webhook", Webhook::new);
    return Collections.unmodifiableMap(makers);
  }
}
