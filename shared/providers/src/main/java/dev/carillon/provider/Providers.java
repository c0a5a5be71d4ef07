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
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The providers there are, by the key that channels name them by. */
public final class Providers {
  private static final Map<String, Provider<?>> ALL =
      byKey(
          List.of(
              new AmazonSes(),
              new MailerSend(),
              new Mailgun(),
              new Mailjet(),
              new Mailtrap(),
              new Mandrill(),
              new Postmark(),
              new Resend(),
              new SendGrid(),
              new SmtpEmail(),
              new SparkPost(),
              new AfricasTalking(),
              new SnsSms(),
              new MailerSendSms(),
              new MessageBird(),
              new Plivo(),
              new Sinch(),
              new MessageMedia(),
              new Telnyx(),
              new Twilio(),
              new Vonage(),
              new Apns(),
              new Expo(),
              new Fcm(),
              new OneSignal(),
              new SnsPush(),
              new Discord(),
              new MsTeams(),
              new Slack(),
              new WhatsApp(),
              new Webhook()));

  private Providers() {}

  /** Empty when there is none of that key. */
  public static Optional<Provider<?>> named(String key) {
    return Optional.ofNullable(ALL.get(key));
  }

  /** In the order in which a form offers them. */
  public static Collection<Provider<?>> all() {
    return ALL.values();
  }

  private static Map<String, Provider<?>> byKey(List<Provider<?>> providers) {
    var map = new LinkedHashMap<String, Provider<?>>();
    for (Provider<?> provider : providers) {
      if (map.put(provider.key(), provider) != null) {
        throw new IllegalStateException("Two providers have the key " + provider.key());
      }
    }
    return Collections.unmodifiableMap(map);
  }
}
