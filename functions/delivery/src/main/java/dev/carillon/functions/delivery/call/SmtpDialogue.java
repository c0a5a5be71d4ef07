package dev.carillon.functions.delivery.call;

import dev.carillon.functions.delivery.call.CallProvider.Called;
import dev.carillon.outbound.PublicAddresses;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderCall.SmtpStage;
import dev.carillon.provider.ProviderResponse;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.eclipse.angus.mail.util.MailConnectException;

/**
 * Hands mails to SMTP servers, each over a connection of its own. Where a conversation ended and
 * what the last reply was is what the provider reads.
 */
public final class SmtpDialogue {
  private final PublicAddresses addresses;
  private final Duration connect;
  private final Duration read;

  /**
   * @param connect for a connection to be made
   * @param read for each reply
   */
  public SmtpDialogue(PublicAddresses addresses, Duration connect, Duration read) {
    this.addresses = addresses;
    this.connect = connect;
    this.read = read;
  }

  Called send(ProviderCall.Smtp mail) {
    Optional<List<InetAddress>> reachable = addresses.of(mail.host(), mail.port());
    if (reachable.isEmpty()) {
      return new Called.Refused("refused_address");
    }
    if (reachable.get().isEmpty()) {
      return new Called.NotReached("not_reached_name");
    }
    Session session = Session.getInstance(properties(mail));
    boolean handedOver = false;
    SMTPTransport transport = null;
    try {
      transport = new SMTPTransport(session, null);
      connect(transport, mail);
      var message = new MimeMessage(session, new ByteArrayInputStream(mail.mail()));
      handedOver = true;
      transport.sendMessage(message, recipients(mail.recipients()));
      return answered(SmtpStage.DATA, transport);
    } catch (AuthenticationFailedException _) {
      return answered(SmtpStage.AUTH, transport);
    } catch (MessagingException failed) {
      return outcome(failed, transport, handedOver);
    } finally {
      close(transport);
    }
  }

  private static void connect(SMTPTransport transport, ProviderCall.Smtp mail)
      throws MessagingException {
    if (mail.credentials().isPresent()) {
      transport.connect(
          mail.host(),
          mail.port(),
          mail.credentials().get().user(),
          mail.credentials().get().password());
    } else {
      transport.connect(mail.host(), mail.port(), null, null);
    }
  }

  private Properties properties(ProviderCall.Smtp mail) {
    var properties = new Properties();
    properties.put("mail.smtp.connectiontimeout", Long.toString(connect.toMillis()));
    properties.put("mail.smtp.timeout", Long.toString(read.toMillis()));
    properties.put("mail.smtp.writetimeout", Long.toString(read.toMillis()));
    properties.put("mail.smtp.auth", Boolean.toString(mail.credentials().isPresent()));
    properties.put("mail.smtp.from", mail.sender());
    // One that is refused must not keep the mail from the others; the provider decides by the last.
    properties.put("mail.smtp.sendpartial", "true");
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.quitwait", "false");
    properties.put("mail.smtp.localhost", "localhost");
    switch (mail.security()) {
      case TLS -> properties.put("mail.smtp.ssl.enable", "true");
      case STARTTLS -> {
        properties.put("mail.smtp.starttls.enable", "true");
        properties.put("mail.smtp.starttls.required", "true");
      }
      case NONE -> properties.put("mail.smtp.starttls.enable", "false");
    }
    return properties;
  }

  private static Address[] recipients(List<String> recipients) throws MessagingException {
    Address[] addresses = new Address[recipients.size()];
    for (int i = 0; i < addresses.length; i++) {
      addresses[i] = new InternetAddress(recipients.get(i), false);
    }
    return addresses;
  }

  private static Called outcome(
      MessagingException failed, SMTPTransport transport, boolean handedOver) {
    for (Exception cause = failed; cause != null; cause = next(cause)) {
      switch (cause) {
        case SMTPAddressFailedException address -> {
          return reply(SmtpStage.RCPT, address.getReturnCode(), address.getMessage());
        }
        case SMTPSenderFailedException sender -> {
          return reply(SmtpStage.MAIL, sender.getReturnCode(), sender.getMessage());
        }
        default -> {}
      }
    }
    if (failed instanceof SMTPSendFailedException sent && sent.getReturnCode() > 0) {
      return reply(stage(sent.getCommand()), sent.getReturnCode(), sent.getMessage());
    }
    if (unreachable(failed)) {
      return new Called.NotReached("not_reached_connection");
    }
    if (!handedOver && transport != null && transport.getLastReturnCode() > 0) {
      return answered(
          failed.getMessage() != null && failed.getMessage().contains("STARTTLS")
              ? SmtpStage.STARTTLS
              : SmtpStage.GREETING,
          transport);
    }
    return handedOver
        ? new Called.Unknown(timedOut(failed) ? "timeout" : "no_answer")
        : new Called.NotReached("not_reached_connection");
  }

  private static Exception next(Exception cause) {
    return cause instanceof MessagingException mail ? mail.getNextException() : null;
  }

  private static SmtpStage stage(String command) {
    return command != null && command.startsWith("MAIL")
        ? SmtpStage.MAIL
        : command != null && command.startsWith("RCPT") ? SmtpStage.RCPT : SmtpStage.DATA;
  }

  private static boolean unreachable(Exception failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof MailConnectException
          || cause instanceof ConnectException
          || cause instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
  }

  private static boolean timedOut(Exception failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) {
        return true;
      }
    }
    return false;
  }

  private static Called answered(SmtpStage stage, SMTPTransport transport) {
    String last = transport.getLastServerResponse();
    return reply(stage, transport.getLastReturnCode(), last == null ? "" : last);
  }

  private static Called reply(SmtpStage stage, int code, String text) {
    return new Called.Answered(
        ProviderResponse.smtp(stage, code, text == null ? "" : text.strip().replace("\r\n", "\n")));
  }

  private static void close(SMTPTransport transport) {
    try {
      if (transport != null) {
        transport.close();
      }
    } catch (MessagingException _) {
      // The mail is taken or refused by then.
    }
  }
}
