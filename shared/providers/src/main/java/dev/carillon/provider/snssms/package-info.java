/** Amazon SNS: text messages. */
package dev.carillon.provider.snssms;
