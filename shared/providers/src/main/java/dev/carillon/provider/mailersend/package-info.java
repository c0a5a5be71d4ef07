/** Email through MailerSend. */
package dev.carillon.provider.mailersend;
