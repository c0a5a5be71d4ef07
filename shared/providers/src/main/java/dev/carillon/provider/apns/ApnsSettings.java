package dev.carillon.provider.apns;

import dev.carillon.json.Json;
import dev.carillon.provider.ProviderSetting;
import dev.carillon.provider.ProviderSetting.Type.LongText;
import dev.carillon.provider.ProviderSettings;
import java.util.List;
import java.util.stream.Stream;

/** The names of the channel's settings, and their values where there is a choice. */
final class ApnsSettings {
  static final String MODE = "application_mode";
  static final String PRODUCTION = "production";
  static final String SANDBOX = "sandbox";
  static final String BUNDLE = "bundle_id";
  static final String SCHEME = "authentication_scheme";
  static final String TOKEN = "token";
  static final String CERTIFICATE_SCHEME = "certificate";
  static final String SIGNING_KEY = "signing_key";
  static final String KEY_ID = "key_id";
  static final String TEAM_ID = "team_id";
  static final String CERTIFICATE = "certificate";
  static final String PRIVATE_KEY = "private_key";

  static final List<ProviderSetting> ALL =
      List.of(
          ProviderSetting.choice(MODE, "Application mode", PRODUCTION, SANDBOX),
          ProviderSetting.required(BUNDLE, "Bundle ID"),
          ProviderSetting.choice(SCHEME, "Authentication scheme", TOKEN, CERTIFICATE_SCHEME),
          ProviderSetting.optionalCredential(SIGNING_KEY, "Token signing key (.p8)")
              .of(new LongText()),
          ProviderSetting.optional(KEY_ID, "Token key ID"),
          ProviderSetting.optional(TEAM_ID, "Token team ID"),
          ProviderSetting.optional(CERTIFICATE, "Certificate (PEM)").of(new LongText()),
          ProviderSetting.optionalCredential(PRIVATE_KEY, "Certificate's private key (PEM)")
              .of(new LongText()));

  private ApnsSettings() {}

  /** Of either scheme what belongs to it, beside the app. */
  static List<String> needs(Json.Obj given) {
    var settings = new ProviderSettings(ALL, given);
    List<String> ofScheme =
        settings.required(SCHEME).equals(CERTIFICATE_SCHEME)
            ? List.of(CERTIFICATE, PRIVATE_KEY)
            : List.of(SIGNING_KEY, KEY_ID, TEAM_ID);
    return Stream.concat(
            settings.missing().stream(),
            ofScheme.stream().filter(name -> settings.text(name).isEmpty()))
        .toList();
  }
}
