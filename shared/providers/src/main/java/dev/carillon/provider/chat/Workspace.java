package dev.carillon.provider.chat;

import dev.carillon.json.Json;
import dev.carillon.provider.Lookup;
import dev.carillon.provider.LookupResult;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSetting;
import dev.carillon.provider.ProviderSettings;
import java.util.Map;

/**
 * Workspaces of customers, in each of which the app of a channel may be installed: what the
 * components of a page ask to connect one, and to choose where in it messages go. Which workspace
 * it is says the channel data of an object, as a rule a tenant. Values and pure functions, as of a
 * {@link dev.carillon.provider.Provider}.
 */
public interface Workspace {

  /** To where pages of an app may send people back after they have connected a workspace. */
  ProviderSetting REDIRECTS =
      ProviderSetting.optional(
          "redirect_origins", "Origins that connecting may lead back to, separated by commas");

  /** How paths name it, such as {@code slack}. */
  String path();

  /** The parameter, and the part of a state, that names the object. */
  String objectParameter();

  /** What a user token must grant on the object. */
  String grant();

  /** The sentence that tells a component that the object has no workspace yet. */
  String unset();

  /** Whether the channel data says which workspace it is. */
  boolean connected(Json.Obj data);

  /** The channel data without the workspace. */
  Json.Obj disconnected(Json.Obj data);

  /**
   * What is to be asked. Called again with what lookups came to, by their keys.
   *
   * @param data channel data of the object; connected, but for {@link Question.Connect}
   */
  Next next(
      Question question, ProviderSettings settings, Json.Obj data, Map<String, String> lookups);

  /** What the answer to a lookup means. */
  LookupResult read(Lookup lookup, ProviderResponse response);

  /** What the answer to the question means. */
  Answer read(Question question, Json.Obj data, ProviderResponse response);
}
