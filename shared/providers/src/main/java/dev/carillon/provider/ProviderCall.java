package dev.carillon.provider;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A call to a provider, as data: everything but its making. */
public sealed interface ProviderCall {

  /** What of it no log may show, beside the channel's own credentials. */
  List<String> secrets();

  /**
   * A request over HTTP. It is made once, is not redirected, and reaches public addresses only.
   *
   * @param method in upper case
   * @param url absolute, encoded, its query included
   * @param headers those of the provider; the client adds the ones that frame the message
   * @param body empty for none
   */
  record Http(
      String method,
      String url,
      Map<String, String> headers,
      byte[] body,
      Authentication authentication,
      List<String> secrets)
      implements ProviderCall {
    public Http {
      headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
      secrets = List.copyOf(secrets);
    }

    public Http(String method, String url, Map<String, String> headers, byte[] body) {
      this(method, url, headers, body, new Authentication.InRequest(), List.of());
    }

    /** With one more value that no log may show. */
    public Http hiding(String secret) {
      var more = new ArrayList<>(secrets);
      more.add(secret);
      return new Http(method, url, headers, body, authentication, more);
    }

    public Http with(Authentication other) {
      return new Http(method, url, headers, body, other, secrets);
    }
  }

  /** What the client adds so that the provider knows us. */
  sealed interface Authentication {
    /** Nothing: headers, URL or body say it. */
    record InRequest() implements Authentication {}

    /**
     * AWS's signature, version 4, with the function's own credentials, or with those given.
     *
     * @param service as signatures name it, such as {@code ses}
     * @param region empty for the function's own
     */
    record AwsSignature(String service, Optional<String> region, Optional<AwsKeys> keys)
        implements Authentication {}

    /** A client's certificate, both in PEM. HTTP/2 is spoken where the server offers it. */
    record Certificate(String certificate, String key) implements Authentication {}
  }

  /**
   * @param sessionToken with the keys of an assumed role
   */
  record AwsKeys(String accessKeyId, String secretAccessKey, Optional<String> sessionToken) {
    @Override
    public String toString() {
      return "AwsKeys[" + accessKeyId + "]";
    }
  }

  /**
   * A mail handed to an SMTP server.
   *
   * @param credentials empty where the server asks for none
   * @param sender of the envelope
   * @param recipients of the envelope, those in copy and blind copy included
   * @param mail MIME, lines ended by CRLF
   */
  record Smtp(
      String host,
      int port,
      Security security,
      Optional<Credentials> credentials,
      String sender,
      List<String> recipients,
      byte[] mail)
      implements ProviderCall {
    public Smtp {
      recipients = List.copyOf(recipients);
    }

    @Override
    public List<String> secrets() {
      return credentials.map(Credentials::password).map(List::of).orElse(List.of());
    }
  }

  /** How far a conversation with an SMTP server got. */
  enum SmtpStage {
    /** The greeting and EHLO. */
    GREETING,
    /** STARTTLS was refused or not offered; the reply is the last one then, even a 250. */
    STARTTLS,
    AUTH,
    /** MAIL FROM: the sender. */
    MAIL,
    /** RCPT TO with the first recipient; that a further one is refused does not end it. */
    RCPT,
    /** DATA, and what follows the final dot. */
    DATA
  }

  /** How a connection to an SMTP server is made safe. */
  enum Security {
    /** TLS from the first byte (port 465). */
    TLS,
    /** Plain at first; refused when the server does not offer STARTTLS. */
    STARTTLS,
    /** Never: for a server on the same machine. */
    NONE
  }

  record Credentials(String user, String password) {
    @Override
    public String toString() {
      return "Credentials[" + user + "]";
    }
  }
}
