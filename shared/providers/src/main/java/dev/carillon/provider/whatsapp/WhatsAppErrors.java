package dev.carillon.provider.whatsapp;

import dev.carillon.json.Json;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.Meaning;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.RetryAfter;
import dev.carillon.provider.format.JsonBody;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What Meta's error codes mean, in answers and in reports.
 *
 * <p>Source: https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
 */
final class WhatsAppErrors {
  private static final String PAIR_LIMIT = "131056";

  private static final Map<String, Meaning> CODES =
      Map.ofEntries(
          Map.entry("131026", Meaning.BOUNCED), // undeliverable: not on WhatsApp, for instance
          Map.entry("131021", Meaning.BOUNCED), // to itself
          Map.entry("131030", Meaning.BOUNCED), // not among the recipients of a test number
          Map.entry("131050", Meaning.BOUNCED), // stopped marketing messages
          Map.entry("131047", Meaning.BOUNCED), // wrote nothing for a day: templates only
          Map.entry("130472", Meaning.BOUNCED), // part of an experiment
          Map.entry("131049", Meaning.REJECTED), // kept back for the good of the ecosystem
          Map.entry("130497", Meaning.BOUNCED), // not to that country
          Map.entry("0", Meaning.MISCONFIGURED), // not authenticated
          Map.entry("190", Meaning.MISCONFIGURED), // token expired
          Map.entry("3", Meaning.MISCONFIGURED), // capability or permission
          Map.entry("10", Meaning.MISCONFIGURED), // permission
          Map.entry("368", Meaning.MISCONFIGURED), // blocked for policy
          Map.entry("131031", Meaning.MISCONFIGURED), // account locked
          Map.entry("131042", Meaning.MISCONFIGURED), // payment
          Map.entry("131045", Meaning.MISCONFIGURED), // certificate
          Map.entry("131005", Meaning.MISCONFIGURED), // access denied
          Map.entry("133010", Meaning.MISCONFIGURED), // number not registered
          Map.entry("33", Meaning.MISCONFIGURED), // number deleted
          Map.entry("100", Meaning.REJECTED), // invalid parameter
          Map.entry("131008", Meaning.REJECTED), // parameter missing
          Map.entry("131009", Meaning.REJECTED), // parameter not valid
          Map.entry("131051", Meaning.REJECTED), // unsupported type
          Map.entry("131052", Meaning.REJECTED), // media not downloaded
          Map.entry("131053", Meaning.REJECTED), // media not uploaded
          Map.entry("132000", Meaning.REJECTED), // number of parameters
          Map.entry("132001", Meaning.REJECTED), // no such template
          Map.entry("132005", Meaning.REJECTED), // template text too long
          Map.entry("132007", Meaning.REJECTED), // template against policy
          Map.entry("132012", Meaning.REJECTED), // form of a parameter
          Map.entry("132015", Meaning.REJECTED), // template paused
          Map.entry("132016", Meaning.REJECTED), // template disabled
          Map.entry("132068", Meaning.REJECTED), // flow blocked
          Map.entry("1", Meaning.DEFERRED), // unknown
          Map.entry("2", Meaning.DEFERRED), // down
          Map.entry("4", Meaning.DEFERRED), // too many calls of the app
          Map.entry("80007", Meaning.DEFERRED), // too many calls of the account
          Map.entry("130429", Meaning.DEFERRED), // throughput
          Map.entry("131048", Meaning.DEFERRED), // spam
          Map.entry(PAIR_LIMIT, Meaning.DEFERRED), // too many to this recipient
          Map.entry("131000", Meaning.DEFERRED), // something went wrong
          Map.entry("131016", Meaning.DEFERRED), // overloaded
          Map.entry("131057", Meaning.DEFERRED), // under maintenance
          Map.entry("133016", Meaning.DEFERRED)); // registration limit

  /** Permissions of the app, one code for each. */
  private static final int FIRST_PERMISSION = 200;

  private static final int LAST_PERMISSION = 299;

  /** One message to a recipient in six seconds. */
  private static final Duration PAIR_WAIT = Duration.ofSeconds(6);

  private WhatsAppErrors() {}

  static DeliveryResult of(ProviderResponse response) {
    Json.Obj error = JsonBody.object(response).object("error");
    String code = JsonBody.scalar(error, "code").orElse("");
    Optional<Meaning> meaning = meaning(code);
    if (code.equals(PAIR_LIMIT)) {
      return new DeliveryResult.Deferred(
          reason(code), RetryAfter.of(response).or(() -> Optional.of(PAIR_WAIT)));
    }
    return Meaning.of(
        meaning, response, meaning.isPresent() ? reason(code) : "status " + response.status());
  }

  static Optional<Meaning> meaning(String code) {
    return Optional.ofNullable(CODES.get(code))
        .or(() -> permission(code) ? Optional.of(Meaning.MISCONFIGURED) : Optional.empty());
  }

  static String reason(String code) {
    return "code " + code;
  }

  private static boolean permission(String code) {
    if (!code.matches("[0-9]{3}")) {
      return false;
    }
    int number = Integer.parseInt(code);
    return number >= FIRST_PERMISSION && number <= LAST_PERMISSION;
  }
}
