/** What the providers of push channels share: payloads, their overrides and sizes, and tokens. */
package dev.carillon.provider.push;
