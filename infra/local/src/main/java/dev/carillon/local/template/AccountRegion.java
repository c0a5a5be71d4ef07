package dev.carillon.local.template;

/** The account and region that pseudo parameters and ARNs name. */
public record AccountRegion(String account, String region) {
  /** Where the local stack pretends to be. No request to the region's real endpoints is made. */
  public static final AccountRegion LOCAL = new AccountRegion("000000000000", "us-east-1");

  /** The ARN of something of this account and region. */
  public String arn(String service, String resource) {
    return "arn:aws:" + service + ":" + region + ":" + account + ":" + resource;
  }
}
