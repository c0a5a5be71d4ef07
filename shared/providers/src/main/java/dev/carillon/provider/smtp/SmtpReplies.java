package dev.carillon.provider.smtp;

import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.HttpAnswers;
import dev.carillon.provider.Meaning;
import dev.carillon.provider.ProviderCall.SmtpStage;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.ProviderWords;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the last reply of a server means: by where in the conversation it came, and by its enhanced
 * code where it has one.
 *
 * <p>RFC 5321, 4.2 (replies), RFC 3463 and the registry of enhanced codes,
 * https://www.iana.org/assignments/smtp-enhanced-status-codes/; which of them is about what, in
 * practice, is from memory.
 */
final class SmtpReplies {
  private static final Pattern ENHANCED =
      Pattern.compile("\\s*([245]\\.[0-9]{1,3}\\.[0-9]{1,3})\\b");

  /** Not authenticated, or not well enough, at whatever stage. */
  private static final Set<Integer> CREDENTIALS = Set.of(530, 534, 535, 538);

  /**
   * @param code the enhanced code, or its first parts with a dot at the end, or a reply's code, or
   *     nothing for all that comes to this stage
   */
  private record Rule(SmtpStage stage, String code, Meaning meaning) {}

  /** Of refusals for good (5xx): the first that fits. */
  private static final List<Rule> RULES =
      List.of(
          new Rule(SmtpStage.GREETING, "", Meaning.MISCONFIGURED),
          new Rule(SmtpStage.STARTTLS, "", Meaning.MISCONFIGURED),
          new Rule(SmtpStage.AUTH, "", Meaning.MISCONFIGURED),
          new Rule(SmtpStage.MAIL, "5.3.4", Meaning.REJECTED), // larger than the server takes
          new Rule(SmtpStage.MAIL, "5.6.", Meaning.REJECTED),
          new Rule(SmtpStage.MAIL, "552", Meaning.REJECTED),
          new Rule(SmtpStage.MAIL, "", Meaning.MISCONFIGURED),
          new Rule(SmtpStage.RCPT, "5.1.1", Meaning.DEAD), // no such mailbox
          new Rule(SmtpStage.RCPT, "5.1.2", Meaning.DEAD), // no such domain
          new Rule(SmtpStage.RCPT, "5.1.3", Meaning.DEAD), // not an address
          new Rule(SmtpStage.RCPT, "5.1.6", Meaning.DEAD), // moved away
          new Rule(SmtpStage.RCPT, "5.1.10", Meaning.DEAD), // a domain that takes no mail
          new Rule(SmtpStage.RCPT, "5.2.1", Meaning.DEAD), // disabled
          new Rule(SmtpStage.RCPT, "5.2.", Meaning.BOUNCED), // full
          new Rule(SmtpStage.RCPT, "5.7.", Meaning.BOUNCED), // a policy of theirs
          new Rule(SmtpStage.RCPT, "551", Meaning.DEAD),
          new Rule(SmtpStage.RCPT, "553", Meaning.DEAD),
          new Rule(SmtpStage.RCPT, "", Meaning.BOUNCED),
          new Rule(SmtpStage.DATA, "5.1.", Meaning.DEAD),
          new Rule(SmtpStage.DATA, "5.2.", Meaning.BOUNCED),
          new Rule(SmtpStage.DATA, "5.7.", Meaning.MISCONFIGURED), // a policy about the sender
          new Rule(SmtpStage.DATA, "", Meaning.REJECTED));

  private SmtpReplies() {}

  /**
   * @param messageId what the mail is known by, as servers give no id in a form of their own
   */
  static DeliveryResult read(
      ProviderSettings settings, ProviderResponse reply, Optional<String> messageId) {
    SmtpStage stage = reply.stage().orElse(SmtpStage.DATA);
    int code = reply.status();
    String reason = ProviderWords.of(settings, stage + " " + code, reply.text());
    if (stage == SmtpStage.DATA && code / 100 == 2) {
      return HttpAnswers.sent(messageId);
    }
    if (stage == SmtpStage.STARTTLS && code / 100 == 2) {
      return new DeliveryResult.Misconfigured("the server does not offer STARTTLS");
    }
    if (CREDENTIALS.contains(code)) {
      return new DeliveryResult.Misconfigured(reason);
    }
    return switch (code / 100) {
      case 4 -> new DeliveryResult.Deferred(reason, Optional.empty());
      case 5 -> refusal(stage, code, reply).of(reply, reason);
      // Cut off before the mail was handed over, or while it was.
      default ->
          stage == SmtpStage.DATA
              ? new DeliveryResult.Ambiguous(reason)
              : new DeliveryResult.Deferred(reason, Optional.empty());
    };
  }

  private static Meaning refusal(SmtpStage stage, int code, ProviderResponse reply) {
    Matcher found = ENHANCED.matcher(reply.text());
    String enhanced = found.lookingAt() ? found.group(1) : "";
    return RULES.stream()
        .filter(rule -> rule.stage() == stage && fits(rule.code(), enhanced, code))
        .findFirst()
        .map(Rule::meaning)
        .orElse(Meaning.REJECTED);
  }

  private static boolean fits(String rule, String enhanced, int code) {
    return rule.isEmpty()
        || rule.equals(enhanced)
        || (rule.endsWith(".") && enhanced.startsWith(rule))
        || rule.equals(Integer.toString(code));
  }
}
