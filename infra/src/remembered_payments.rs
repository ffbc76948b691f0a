//! Which package a payment at a provider was for: what tells that it came back may not say.

use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use domain::{BusinessId, PackageId};
use serde::{Deserialize, Serialize};

use crate::store::{read, sdk_fault, write};
use crate::table::PK;
use crate::{Consistency, Fault, Store, keys};

#[derive(Debug, Serialize, Deserialize)]
struct Remembered {
    business: BusinessId,
    package: PackageId,
}

impl Store {
    /// Remembers what `payment` was for; what is remembered of it stays.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn remember_payment(
        &self,
        payment: &str,
        business: &BusinessId,
        package: PackageId,
    ) -> Result<(), Fault> {
        let remembered = Remembered {
            business: business.clone(),
            package,
        };
        let item = write(&remembered, &keys::payment(payment))?;
        let put = self.client.put_item().table_name(&self.table);
        let put = put
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(#pk)")
            .expression_attribute_names("#pk", PK);
        match put.send().await {
            Ok(_) => Ok(()),
            Err(error) => {
                let code = error.as_service_error().and_then(|error| error.code());
                match code {
                    Some("ConditionalCheckFailedException") => Ok(()),
                    Some(_) | None => Err(sdk_fault(&error)),
                }
            }
        }
    }

    /// What `payment` was for, if it was for something of this system's.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn remembered_payment(
        &self,
        payment: &str,
    ) -> Result<Option<(BusinessId, PackageId)>, Fault> {
        let item = self
            .get(&keys::payment(payment), Consistency::Strong)
            .await?;
        let remembered: Option<Remembered> = item.map(read).transpose()?;
        Ok(remembered.map(|remembered| (remembered.business, remembered.package)))
    }
}
