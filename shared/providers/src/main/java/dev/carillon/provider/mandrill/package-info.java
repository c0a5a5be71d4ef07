/** Email through Mailchimp Transactional, formerly and in its interface Mandrill. */
package dev.carillon.provider.mandrill;
