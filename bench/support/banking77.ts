import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** A message of Banking77, and what it is about by its label. */
export interface Labelled {
  text: string;
  label: string;
}

/**
 * Which of our categories each of the 77 labels belongs to. Made from the labels' names alone; where a label
 * lies between two, the one whose people would answer it.
 */
const CATEGORY_OF: Readonly<Record<string, string>> = labels({
  security: 'change_pin compromised_card lost_or_stolen_card lost_or_stolen_phone passcode_forgotten pin_blocked',
  cash: `atm_support cash_withdrawal_charge cash_withdrawal_not_recognised declined_cash_withdrawal pending_cash_withdrawal
    wrong_amount_of_cash_received wrong_exchange_rate_for_cash_withdrawal`,
  'top-up': `automatic_top_up balance_not_updated_after_cheque_or_cash_deposit pending_top_up top_up_by_bank_transfer_charge
    top_up_by_card_charge top_up_by_cash_or_cheque top_up_failed top_up_limits top_up_reverted topping_up_by_card
    verify_top_up`,
  transfers: `balance_not_updated_after_bank_transfer beneficiary_not_allowed cancel_transfer declined_transfer
    failed_transfer pending_transfer receiving_money transfer_fee_charged transfer_into_account
    transfer_not_received_by_recipient transfer_timing`,
  exchange: `exchange_charge exchange_rate exchange_via_app fiat_currency_support supported_cards_and_currencies`,
  account: `age_limit country_support edit_personal_details terminate_account unable_to_verify_identity
    verify_my_identity verify_source_of_funds why_verify_identity`,
  payments: `card_payment_fee_charged card_payment_not_recognised card_payment_wrong_exchange_rate declined_card_payment
    direct_debit_payment_not_recognised extra_charge_on_statement pending_card_payment Refund_not_showing_up
    request_refund reverted_card_payment? transaction_charged_twice`,
  cards: `activate_my_card apple_pay_or_google_pay card_about_to_expire card_acceptance card_arrival
    card_delivery_estimate card_linking card_not_working card_swallowed contactless_not_working
    disposable_card_limits get_disposable_virtual_card get_physical_card getting_spare_card getting_virtual_card
    order_physical_card virtual_card_not_working visa_or_mastercard`,
});

function labels(byCategory: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(byCategory).flatMap(([category, names]) => names.split(/\s+/).map((name) => [name, category])),
  );
}

/** Throws for a label that is none of the 77. */
export function categoryOf({ label }: Labelled): string {
  const category = CATEGORY_OF[label];
  if (category === undefined) throw new Error(`Banking77 has no label ${label}.`);
  return category;
}

/** Reads a file of Banking77: gzip, CSV, a line of names first, texts in quotation marks where they need them. */
export function readBanking77(file: string): Labelled[] {
  const csv = gunzipSync(readFileSync(file)).toString('utf8');
  const fields = [...csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)];
  const cells = fields.map(([, quoted, plain = '']) => (quoted === undefined ? plain : quoted.replaceAll('""', '"')));
  const rows: Labelled[] = [];
  for (let at = 2; at + 1 < cells.length; at += 2) rows.push({ text: cells[at] ?? '', label: cells[at + 1] ?? '' });
  return rows.filter(({ text, label }) => text !== '' && label !== '');
}
