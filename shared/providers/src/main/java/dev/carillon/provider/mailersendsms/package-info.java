/** MailerSend: text messages. */
package dev.carillon.provider.mailersendsms;
